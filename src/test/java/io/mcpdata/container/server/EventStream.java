package io.mcpdata.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.conformance.McpExchange;
import io.mcpdata.container.conformance.OpenApiDocument;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Server-Sent Events stream read by a thread of its own, and the MCP session on it. */
public final class EventStream implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    /** The events of {@code GET /api/v1/events} whose data is JSON. */
    private static final Set<String> OF_ROWS = Set.of("ready", "audit", "position", "gap");

    /** An event; comments come as events named {@code :}. {@code retry} and {@code id} are empty if it sets none. */
    public record Event(String name, String data, String retry, String id) {

        public JsonObject json() {
            try (var reader = Json.createReader(new StringReader(data))) {
                return reader.readObject();
            }
        }
    }

    private static final Event END = new Event("(end)", "", "", "");

    private final Web web;
    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final McpExchange exchange;
    private volatile boolean ended;
    private volatile @Nullable AssertionError fault;

    private EventStream(Web web, McpExchange exchange, HttpResponse<InputStream> response) {
        this.web = web;
        this.exchange = exchange;
        this.response = response;
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    static EventStream open(Web web, HttpClient client, HttpRequest.Builder request) {
        try {
            HttpRequest built = request.build();
            McpExchange exchange = McpExchange.of(built);
            HttpResponse<InputStream> response = client.send(built, BodyHandlers.ofInputStream());
            exchange.answered(response.headers());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    throw new IllegalStateException("no stream but " + response.statusCode() + ": "
                            + new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return new EventStream(web, exchange, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    /** The next event of this name; others, heartbeats too, are passed over. */
    public Event next(String name) {
        return find(name, Duration.ofSeconds(PATIENCE_SECONDS));
    }

    /** The next event of any name, a comment too. */
    public Event next() {
        @Nullable Event event = poll(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        if (event == null || event == END) {
            throw new AssertionError("no event but " + (event == null ? "silence" : "the end"));
        }
        return event;
    }

    /** The next event of this name within the time. */
    public Event find(String name, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            @Nullable Event event = poll(end - System.nanoTime());
            if (event == null) {
                throw new AssertionError("no event " + name + " in " + atMost);
            }
            if (event == END) {
                throw new AssertionError("the stream ended before an event " + name);
            }
            if (event.name().equals(name)) {
                return event;
            }
        }
    }

    /** The address the endpoint event gave. */
    public String endpoint() {
        return next("endpoint").data();
    }

    /** The answer to the request with this id. */
    public JsonObject answer(int id) {
        while (true) {
            Event event = next("message");
            if (event.data().isEmpty()) {
                // it has an id for a client that resumes, and no message
                continue;
            }
            JsonObject message = event.json();
            if (message.containsKey("id") && message.getInt("id", Integer.MIN_VALUE) == id) {
                return message;
            }
        }
    }

    /** Whether the server ends the stream within the time. */
    public boolean endsWithin(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!ended) {
            @Nullable Event event = poll(end - System.nanoTime());
            if (event == null) {
                return ended;
            }
            if (event == END) {
                return true;
            }
        }
        return true;
    }

    public boolean isOpen() {
        return !ended;
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        failIfFaulty();
    }

    private void check(String name, String data) {
        web.checkForSecrets(data);
        if (name.equals("endpoint")) {
            exchange.endpoint(data);
        } else if (name.equals("message") && !data.isEmpty()) {
            exchange.received(data);
        } else if (OF_ROWS.contains(name)) {
            assertThat(OpenApiDocument.current().problemsOfEvent(name, data))
                    .as("differences of the event " + name + " from docs/openapi.yaml")
                    .isEmpty();
        }
    }

    /** The reading thread fails no test. */
    private void failIfFaulty() {
        AssertionError found = fault;
        if (found != null) {
            throw new AssertionError(found.getMessage(), found);
        }
    }

    private @Nullable Event poll(long nanos) {
        try {
            Event event = events.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            if (event == END) {
                failIfFaulty();
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "message";
            String retry = "";
            String id = "";
            StringBuilder data = new StringBuilder();
            boolean any = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (any) {
                        check(name, data.toString());
                        events.add(new Event(name, data.toString(), retry, id));
                    }
                    name = "message";
                    retry = "";
                    id = "";
                    data.setLength(0);
                    any = false;
                } else if (line.startsWith(":")) {
                    events.add(new Event(":", line.substring(1).strip(), "", ""));
                } else {
                    any = true;
                    String value = line.substring(line.indexOf(':') + 1);
                    value = value.startsWith(" ") ? value.substring(1) : value;
                    if (line.startsWith("event:")) {
                        name = value;
                    } else if (line.startsWith("data:")) {
                        data.append(data.isEmpty() ? "" : "\n").append(value);
                    } else if (line.startsWith("retry:")) {
                        retry = value;
                    } else if (line.startsWith("id:")) {
                        id = value;
                    }
                }
            }
        } catch (IOException closed) {
            // the test closed it, or the server did: both are an end
        } catch (AssertionError e) {
            fault = e;
        } finally {
            ended = true;
            events.add(END);
        }
    }
}
