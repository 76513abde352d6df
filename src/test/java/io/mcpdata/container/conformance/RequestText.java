package io.mcpdata.container.conformance;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow;

/** The body of a request as text. */
record RequestText(BodySubscriber<String> text) implements Flow.Subscriber<ByteBuffer> {

    /** Empty for a body of unknown length, which may be slow on purpose. */
    static String of(BodyPublisher body) {
        if (body.contentLength() < 0) {
            return "";
        }
        RequestText reader = new RequestText(BodySubscribers.ofString(StandardCharsets.UTF_8));
        body.subscribe(reader);
        return reader.text.getBody().toCompletableFuture().join();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        text.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {
        text.onNext(List.of(part));
    }

    @Override
    public void onError(Throwable why) {
        text.onError(why);
    }

    @Override
    public void onComplete() {
        text.onComplete();
    }
}
