package io.mcpdata.container.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.EventStream.Event;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit trail as an operator watches it. */
@ArquillianTest
final class EventsIT {

    static final String EVENTS = "/api/v1/events";
    private static final int RECONNECTS = Integer.getInteger("events.reconnects", 100);
    private static final Duration SOON = Duration.ofSeconds(20);

    /** One write may take half a minute. */
    private static final Duration CUT = Duration.ofSeconds(180);

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private EventStream watch(String query) {
        return web.open(web.to(EVENTS + query, platform.key("admin")));
    }

    static EventStream watchAfter(Web of, Platform on, long number) {
        HttpRequest.Builder request = of.to(EVENTS, on.key("admin")).header("Last-Event-ID", Long.toString(number));
        AtomicReference<@Nullable EventStream> opened = new AtomicReference<>();
        // the server notices a client that went with the next write
        Eventually.within(SOON, "a stream that opens", () -> {
            try {
                opened.set(of.open(request.copy()));
                return true;
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("429");
                return false;
            }
        });
        return Objects.requireNonNull(opened.get());
    }

    private static String word() {
        return "w" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static void query(McpConversation analyst, String word) {
        analyst.query("SELECT COUNT(*) FROM orders WHERE status = '" + word + "'");
    }

    @Test
    void rowOfACallArrivesWithItsNumberAsTheTrailHasIt() {
        String word = word();
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"));
                EventStream stream = watch("?text=" + word)) {
            assertThat(stream.response().headers().firstValue("Cache-Control")).contains("no-store, no-cache");
            Event ready = stream.next("ready");
            assertThat(ready.json().getJsonNumber("newest").longValue()).isEqualTo(Long.parseLong(ready.id()));

            query(analyst, word);

            Event event = stream.next("audit");
            assertThat(Long.parseLong(event.id())).isGreaterThan(Long.parseLong(ready.id()));
            assertThat(event.json().getJsonNumber("id")).hasToString(event.id());
            assertThat(web.get("/api/v1/audit/" + event.id(), platform.key("auditor"))
                            .json())
                    .isEqualTo(event.json());
        }
    }

    @Test
    void filteredStreamHasTheMatchingRowsAndMovesOn() {
        String word = word();
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"));
                EventStream stream = watch("?outcome=denied&type=access_denied&caller=stray-service")) {
            long begin = Long.parseLong(stream.next("ready").id());
            query(analyst, word);

            Event position = stream.next("position");
            assertThat(Long.parseLong(position.id())).isGreaterThan(begin);
            assertThat(position.json().getJsonNumber("after")).hasToString(position.id());

            web.get("/api/v1/keys", platform.key("stray"));
            JsonObject row = stream.next("audit").json();
            assertThat(row.getString("outcome")).isEqualTo("DENIED");
            assertThat(row.getString("caller")).isEqualTo("stray-service");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "outcome=lost, outcome",
        "type=x, type",
        "since=1h, since",
        "caller=, caller",
        "tool=a&tool=b, tool",
        "last_event_id=x, last_event_id"
    })
    void wrongFilterIsRefusedByName(String query, String name) {
        Answer answer = web.get(EVENTS + "?" + query, platform.key("admin"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "", "999999999999999999", "9999999999999999999999", "1 2"})
    void numberThatNoRowHasIsRefused(String number) {
        Answer answer = web.send(web.to(EVENTS, platform.key("admin")).header("Last-Event-ID", number));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).contains("Last-Event-ID", "at most ");
    }

    @Test
    void callerWithoutPermissionAndCallerWithoutCredentialGetNoStream() {
        for (String name : List.of("auditor", "analyst", "stray")) {
            assertThat(web.get(EVENTS, platform.key(name)).status()).as(name).isEqualTo(403);
        }
        assertThat(web.get(EVENTS).status()).isEqualTo(401);
        assertThat(web.get(EVENTS, platform.key("expired")).status()).isEqualTo(401);
        assertThat(web.get(EVENTS + "?api_key=" + platform.key("admin")).status())
                .isEqualTo(401);
    }

    @Test
    void streamEndsWithItsKeyAndHasItsRows() {
        String name = "watcher-" + word();
        JsonObject made = web.post(
                        "/api/v1/keys", platform.key("admin"), "{\"name\": \"" + name + "\", \"roles\": [\"admin\"]}")
                .json();
        try (EventStream other = watch("?caller=" + name);
                EventStream stream = web.open(web.to(EVENTS, made.getString("key")))) {
            stream.next("ready");
            web.send(web.to("/api/v1/keys/" + made.getString("key_id"), platform.key("admin"))
                    .DELETE());

            assertThat(stream.endsWithin(SOON)).isTrue();
            List<String> rows = new ArrayList<>();
            while (!rows.contains("STREAM_CLOSE credential_revoked")) {
                JsonObject row = other.next("audit").json();
                rows.add(row.getString("type") + " " + row.getString("category"));
            }
            assertThat(rows)
                    .containsExactly(
                            "STREAM_OPEN events", "AUDIT_READ events_watched", "STREAM_CLOSE credential_revoked");
        }
    }

    @Test
    void everyRowArrivesOnceWhileTheClientReconnectsAndOthersWrite() {
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        List<Long> received = new ArrayList<>();
        long first;
        try (EventStream stream = watch("")) {
            first = Long.parseLong(stream.next("ready").id());
        }
        for (int writer = 0; writer < 2; writer++) {
            Thread thread = new Thread(() -> write(enough), "writer");
            thread.start();
            writers.add(thread);
        }
        try {
            Random random = new Random(7);
            for (int i = 0; i < RECONNECTS; i++) {
                try (EventStream stream = watchAfter(web, platform, last(received, first))) {
                    for (int rows = random.nextInt(20); rows > 0; rows--) {
                        received.add(Long.valueOf(stream.next("audit").id()));
                    }
                }
            }
        } finally {
            enough.set(true);
            writers.forEach(EventsIT::join);
        }
        String word = word();
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"));
                EventStream stream = watchAfter(web, platform, last(received, first))) {
            query(analyst, word);
            Event event;
            do {
                event = stream.next("audit");
                received.add(Long.valueOf(event.id()));
            } while (!event.data().contains(word));
        }
        assertThat(received).isEqualTo(numbers(first, last(received, first)));
        System.out.printf("%s: %d rows over %d connections%n", platform.server().name(), received.size(), RECONNECTS);
    }

    private void write(AtomicBoolean enough) {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            while (!enough.get()) {
                query(analyst, "busy");
                web.get("/api/v1/audit/0", platform.key("auditor"));
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long last(List<Long> received, long first) {
        return received.isEmpty() ? first : received.get(received.size() - 1);
    }

    /** The numbers in the trail, in ascending order. */
    private List<Long> numbers(long after, long last) {
        List<Long> numbers = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = web.get("/api/v1/audit?limit=1000" + cursor, platform.key("auditor"))
                    .json();
            page.getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                    .map(row -> row.getJsonNumber("id").longValue())
                    .filter(id -> id > after && id <= last)
                    .forEach(numbers::add);
            cursor = page.isNull("next_cursor") ? "" : "&cursor=" + page.getString("next_cursor");
        } while (!cursor.isEmpty());
        Collections.sort(numbers);
        return numbers;
    }

    @OnOneServer
    @Test
    void readerThatDoesNotReadIsCutAndOthersMissNothing() throws Exception {
        String closed = "/api/v1/audit?type=stream_close&category=slow_reader&since=" + Instant.now();
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        try (Socket stalled = new Socket();
                EventStream reading = watch("");
                McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            long first = Long.parseLong(reading.next("ready").id());
            stalled.setReceiveBufferSize(4_096);
            stalled.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), platform.server().port()));
            stalled.getOutputStream()
                    .write(("GET " + EVENTS
                                    + " HTTP/1.1\r\nHost: 127.0.0.1\r\nLast-Event-ID: 0\r\nAuthorization: Bearer "
                                    + platform.key("admin") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            for (int writer = 0; writer < 4; writer++) {
                Thread thread = new Thread(() -> fill(enough), "writer");
                thread.start();
                writers.add(thread);
            }
            try {
                Eventually.within(
                        CUT,
                        "the end of the stream that is not read",
                        () -> !web.get(closed, platform.key("auditor"))
                                .json()
                                .getJsonArray("rows")
                                .isEmpty());
            } finally {
                enough.set(true);
                writers.forEach(EventsIT::join);
            }
            String end = word();
            query(analyst, end);
            List<Long> received = new ArrayList<>();
            Event event;
            do {
                event = reading.next("audit");
                received.add(Long.valueOf(event.id()));
            } while (!event.data().contains(end));
            assertThat(received).isEqualTo(numbers(first, last(received, first)));
        }
    }

    /** Writes long rows: the buffers of the connection take megabytes. */
    private void fill(AtomicBoolean enough) {
        String query = "/api/v1/audit?since=1971-01-01T00:00:00Z&until=1971-01-02T00:00:00Z&identity="
                + "i".repeat(1_000) + "&caller=" + "c".repeat(250) + "&key_id=" + "k".repeat(250) + "&text="
                + "t".repeat(200);
        while (!enough.get()) {
            web.get(query, platform.key("auditor"));
        }
    }
}
