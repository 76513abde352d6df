package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives audit rows as a server writes them. After a lost connection it connects again, and continues after the last row.
 * One thread runs it; rows come from the thread of the connection, one after the other.
 */
final class AuditFollow {

    /** A server sends something every 45 seconds at least. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private static final int FIRST_SERVER_ERROR = 500;

    private final PlatformHttp http;
    private final Map<String, String> filters;
    private final Predicate<JsonObject> rows;
    private final Consumer<String> notes;
    private final Backoff pause = Backoff.standard();
    private volatile Optional<String> last = Optional.empty();
    private volatile boolean everOpened;
    private volatile boolean stopped;

    /**
     * @param rows takes each row, and tells whether it takes another one
     * @param notes takes what a person should know, in one line each
     */
    AuditFollow(PlatformHttp http, Map<String, String> filters, Predicate<JsonObject> rows, Consumer<String> notes) {
        this.http = http;
        this.filters = Map.copyOf(filters);
        this.rows = rows;
        this.notes = notes;
    }

    /** @throws CommandFailed if the server refuses the key or the filters, or was never reached */
    void run() {
        boolean told = false;
        while (!stopped) {
            Connection connection = new Connection();
            PlatformStream stream = http.watch(filters, last, connection);
            Optional<PlatformHttp.Reply> refusal = connection.await();
            stream.close();
            refusal.ifPresent(this::checkPassing);
            if (stopped) {
                return;
            }
            if (!everOpened && refusal.isEmpty()) {
                throw new CommandFailed(Unreachable.because(connection.failure(), http.server()));
            }
            if (connection.opened) {
                pause.reset();
                told = false;
            }
            if (!told) {
                told = true;
                notes.accept("the server sends no rows now; trying again until it does");
            }
            sleep(pause.next(refusal.map(PlatformHttp.Reply::retryAfter).orElse(connection.retry())));
        }
    }

    private void checkPassing(PlatformHttp.Reply reply) {
        if (reply.refusesTheKey()) {
            throw http.keyRefused(reply);
        }
        if (!reply.asksToWait() && reply.status() < FIRST_SERVER_ERROR) {
            throw new CommandFailed(
                    reply.status() + ": " + reply.problem().or("no stream of audit rows at " + http.server()));
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private void take(EventStreamParser.Event event) {
        JsonObject data = Json.read(event.data())
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .orElseGet(JsonObject::new);
        switch (event.type()) {
            case "ready" ->
                notes.accept("following the rows after " + JsonMembers.text(data, "after") + "; Ctrl-C ends this");
            case "audit" -> stopped = !rows.test(data);
            case "gap" ->
                notes.accept("rows after " + JsonMembers.text(data, "after") + " and before "
                        + JsonMembers.text(data, "oldest") + " were deleted because of their age");
            default -> {
                // a position has its number as id; a server that ends says when to come back
            }
        }
    }

    private final class Connection implements PlatformStream.Listener {

        private final CompletableFuture<Optional<PlatformHttp.Reply>> end = new CompletableFuture<>();
        private final EventStreamParser parser = new EventStreamParser();
        private volatile @Nullable IOException failure;
        private volatile boolean opened;
        private volatile long heardAt = System.nanoTime();

        @Override
        public void opened(PlatformStream stream, HttpHeaders headers) {
            opened = true;
            everOpened = true;
        }

        @Override
        public void line(PlatformStream stream, String line, Runnable handled) {
            heardAt = System.nanoTime();
            try {
                parser.line(line).ifPresent(event -> {
                    take(event);
                    // only now: a connection can break between the id and the end of its event
                    last = parser.lastEventId().or(() -> last);
                });
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
            if (stopped) {
                end.complete(Optional.empty());
            }
            handled.run();
        }

        @Override
        public void refused(PlatformStream stream, PlatformHttp.Reply reply) {
            end.complete(Optional.of(reply));
        }

        @Override
        public void lost(PlatformStream stream, Optional<IOException> why) {
            failure = why.orElse(null);
            end.complete(Optional.empty());
        }

        /** The server's refusal; empty if the connection was lost, or was silent for too long. */
        Optional<PlatformHttp.Reply> await() {
            while (System.nanoTime() - heardAt < LONGEST_SILENCE.toNanos()) {
                try {
                    return end.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    // looks at the clock again
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new CommandFailed("interrupted");
                }
            }
            return Optional.empty();
        }

        IOException failure() {
            IOException known = failure;
            return known == null ? new IOException("no answer") : known;
        }

        Duration retry() {
            return parser.retry().orElse(Duration.ZERO);
        }
    }
}
