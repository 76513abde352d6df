package io.mcpdata.stdio;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One event stream of the platform, from the request until its end. Thread-safe. */
final class PlatformStream {

    /** Receives the events of a stream, in order, from another thread. */
    interface Listener {

        /** The server answered with a stream. */
        default void opened(PlatformStream stream, HttpHeaders headers) {}

        /**
         * A line of the stream, a comment or empty one included.
         *
         * @param handled to be run when the next line may come: unread lines are not buffered
         */
        void line(PlatformStream stream, String line, Runnable handled);

        /** The server answered, but not with a stream. */
        void refused(PlatformStream stream, PlatformHttp.Reply reply);

        /** The stream ended, or could not be opened. */
        void lost(PlatformStream stream, Optional<IOException> failure);
    }

    private final URI uri;
    private final Listener listener;
    private final CompletableFuture<HttpResponse<String>> response;
    private volatile Flow.@Nullable Subscription subscription;
    private final AtomicBoolean reported = new AtomicBoolean();
    private volatile boolean closed;

    PlatformStream(HttpClient http, HttpRequest request, Listener listener) {
        this.uri = request.uri();
        this.listener = listener;
        this.response = http.sendAsync(request, this::body);
        CompletableFuture<HttpResponse<String>> unused =
                response.whenComplete((answer, failure) -> ended(answer, failure));
    }

    /**
     * The address for messages.
     *
     * @throws CommandFailed if that is on another server, which must not get the key
     */
    URI endpoint(String data) {
        Optional<URI> endpoint = resolved(data)
                .filter(target -> uri.getScheme().equals(target.getScheme())
                        && uri.getRawAuthority().equals(target.getRawAuthority()));
        return endpoint.orElseThrow(
                () -> new CommandFailed("the server names another one to send messages to; the key stays here"));
    }

    private Optional<URI> resolved(String data) {
        try {
            return Optional.of(uri.resolve(data.strip()));
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }

    void close() {
        closed = true;
        Flow.@Nullable Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        response.cancel(true);
    }

    private BodySubscriber<String> body(HttpResponse.ResponseInfo head) {
        boolean stream = head.statusCode() == 200
                && head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        if (!stream) {
            return BodySubscribers.ofString(StandardCharsets.UTF_8);
        }
        listener.opened(this, head.headers());
        return BodySubscribers.fromLineSubscriber(new Lines(), lines -> "", StandardCharsets.UTF_8, null);
    }

    private void ended(@Nullable HttpResponse<String> answer, @Nullable Throwable failure) {
        if (failure != null) {
            lost(Optional.of(PlatformHttp.cause(failure)));
        } else if (answer != null && subscription == null) {
            listener.refused(this, PlatformHttp.Reply.of(answer));
        }
        // a stream that was read to its end still has lines that the listener has not taken
    }

    private void lost(Optional<IOException> failure) {
        if (reported.compareAndSet(false, true)) {
            listener.lost(this, failure);
        }
    }

    private final class Lines implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (closed) {
                given.cancel();
            } else {
                given.request(1);
            }
        }

        @Override
        public void onNext(String line) {
            listener.line(PlatformStream.this, line, this::next);
        }

        private void next() {
            Flow.@Nullable Subscription open = subscription;
            if (open != null) {
                open.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            lost(Optional.of(PlatformHttp.cause(failure)));
        }

        @Override
        public void onComplete() {
            lost(Optional.empty());
        }
    }
}
