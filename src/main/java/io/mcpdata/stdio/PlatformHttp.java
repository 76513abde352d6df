package io.mcpdata.stdio;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The platform over Streamable HTTP and over HTTP+SSE, with the credential on every request. Thread-safe. */
final class PlatformHttp {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PARTING = Duration.ofSeconds(1);

    /**
     * The server's reply to one message.
     *
     * @param retryAfter zero if the reply has none
     * @param message the JSON object in its body, if it is one
     */
    record Reply(int status, Problem problem, Duration retryAfter, HttpHeaders headers, Optional<RpcMessage> message) {

        static Reply of(HttpResponse<String> response) {
            Duration retryAfter = response.headers()
                    .firstValue("Retry-After")
                    .filter(text -> text.matches("\\d{1,6}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                    .orElse(Duration.ZERO);
            return new Reply(
                    response.statusCode(),
                    Problem.in(response.body()),
                    retryAfter,
                    response.headers(),
                    RpcMessage.read(response.body()));
        }

        /** Why the server does not take the message. */
        String reason() {
            String error = message.map(json -> JsonMembers.text(JsonMembers.object(json.json(), "error"), "message"))
                    .orElse("");
            return problem.or(error.isEmpty() ? "the server does not take the message" : error);
        }

        boolean accepted() {
            return status / 100 == 2;
        }

        /** An error that neither waiting nor a retry can solve. */
        boolean refusesTheKey() {
            return status == 401 || status == 403;
        }

        boolean asksToWait() {
            return status == 429 || status == 503;
        }
    }

    private final ServerUrl server;
    private final Secret key;
    private final HttpClient http = client();

    PlatformHttp(ServerUrl server, Secret key) {
        this.server = server;
        this.key = key;
    }

    /** A client that sends the key only to the given server. */
    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    ServerUrl server() {
        return server;
    }

    /** Reports that the server does not accept the key; only another key helps. */
    CommandFailed keyRefused(Reply reply) {
        String verdict = reply.status() == 401 ? "is not accepted" : "may not connect";
        String id = KeyDigest.of(key.reveal()).id();
        return new CommandFailed("the key " + id + " " + verdict + " by " + server + " (" + reply.status() + "): "
                + reply.problem().or("see 'check --key-stdin'"));
    }

    /**
     * Begins to open the stream of a session of {@code /mcp}. Without a session the server refuses the stream, and so
     * tells whether it has {@code /mcp} and takes the key.
     *
     * @param lastEventId the last event of the stream before it was lost; empty if there is none
     */
    PlatformStream listen(
            Optional<StreamableSession> session, Optional<String> lastEventId, PlatformStream.Listener listener) {
        HttpRequest.Builder request = request(server.at("/mcp")).header("Accept", "text/event-stream");
        session.ifPresent(named -> named.nameIn(request));
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        return new PlatformStream(http, request.build(), listener);
    }

    /**
     * Posts a message to {@code /mcp}; the answer goes to the listener, as a stream or as a reply.
     *
     * @param arguments the headers that repeat arguments of a tool
     */
    PlatformStream post(
            Optional<StreamableSession> session,
            RpcMessage message,
            Map<String, String> arguments,
            PlatformStream.Listener listener) {
        HttpRequest.Builder request = request(server.at("/mcp"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(message.line()));
        if (StatelessHeaders.revision(message).isEmpty()) {
            session.ifPresent(named -> named.nameIn(request));
        } else {
            StatelessHeaders.addTo(request, message, arguments);
        }
        return new PlatformStream(http, request.build(), listener);
    }

    /** Ends a session of {@code /mcp}; waits a short time at most. */
    void end(StreamableSession session) {
        HttpRequest.Builder request =
                request(server.at("/mcp")).timeout(PARTING).DELETE();
        session.nameIn(request);
        try {
            HttpResponse<Void> unused = http.send(request.build(), BodyHandlers.discarding());
        } catch (IOException sessionEndsLater) {
            // the server ends idle sessions itself
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to open a stream of {@code /sse}; all its events go to the listener, from another thread. */
    PlatformStream open(PlatformStream.Listener listener) {
        // no timeout: newer Java versions apply it to the whole body, and this body has no end
        HttpRequest request =
                request(server.at("/sse")).header("Accept", "text/event-stream").build();
        return new PlatformStream(http, request, listener);
    }

    /**
     * Begins to open the stream of audit rows.
     *
     * @param lastEventId the last event that the client has; empty to begin with the next row
     */
    PlatformStream watch(Map<String, String> filters, Optional<String> lastEventId, PlatformStream.Listener listener) {
        HttpRequest.Builder request =
                request(server.at(AuditClient.query("/api/v1/events", filters))).header("Accept", "text/event-stream");
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        return new PlatformStream(http, request.build(), listener);
    }

    /** Fails with an {@link IOException} if there is no reply. */
    CompletableFuture<Reply> post(URI endpoint, RpcMessage message) {
        HttpRequest request = request(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(message.line()))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(Reply::of);
    }

    /** The failure as the HTTP client threw it, without the wrappers of futures. */
    static IOException cause(Throwable failure) {
        Throwable inner =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return inner instanceof IOException io ? io : new IOException(inner);
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + key.reveal());
    }
}
