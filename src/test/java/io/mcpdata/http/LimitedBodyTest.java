package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.http.RequestBodyLimits.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class LimitedBodyTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RequestBodyLimits places = places(1, 2);

    @Test
    void bodyThatIsThereNeedsNoPlace() throws IOException {
        try (LimitedBody ann = late("ann", 100)) {
            assertThat(ann.read()).isZero();

            assertThat(arrived("ann", 5).readAllBytes()).hasSize(5);
        }
    }

    /** As on Payara, which waits for more where a request offers to change the protocol. */
    @Test
    void nothingIsReadBehindTheLengthThatTheRequestNames() throws IOException {
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(new byte[10]), new Broken());
        HttpServletRequest request =
                new InMemoryRequest().header("Upgrade", "h2c").length(10).asRequest();
        try (LimitedBody body = limited(endless, request, "ann", places)) {
            assertThat(body.readAllBytes()).hasSize(10);
        }
    }

    @Test
    void callerMayLetNoMoreBodiesWaitAndOthersAreNotTouched() throws IOException {
        try (LimitedBody first = late("ann", 100);
                LimitedBody second = late("ann", 100);
                LimitedBody other = late("bob", 100);
                LimitedBody third = late("cid", 100)) {
            assertThat(first.read()).isZero();
            assertThatThrownBy(second::read).satisfies(refused(Refusal.CALLER_HAS_ENOUGH));
            assertThat(other.read()).isZero();
            assertThatThrownBy(third::read).satisfies(refused(Refusal.NONE_LEFT));
        }
    }

    @Test
    void placeIsFreeAtTheEndOfTheBodyWhenClosedAndWhenTheClientLeaves() throws IOException {
        assertThat(late("ann", 3).readAllBytes()).hasSize(3);
        assertThat(late("ann", -1).readNBytes(4)).hasSize(4);
        assertThatThrownBy(() -> late("ann", 9).read()).satisfies(refused(Refusal.CALLER_HAS_ENOUGH));

        RequestBodyLimits fresh = places(1, 1);
        HttpServletRequest request = request(9);
        LimitedBody closed = limited(new Dripping(9), request, "ann", fresh);
        assertThat(closed.read()).isZero();
        closed.close();
        closed.close();
        assertThat(RequestBodyDrain.isCut(request)).isFalse();
        LimitedBody broken = limited(new Broken(), request, "ann", fresh);
        assertThatThrownBy(broken::read).hasMessage("the client has left");
        assertThatThrownBy(broken::read).hasMessage("the body is closed");
        assertThat(RequestBodyDrain.isCut(request)).isTrue();
        assertThat(fresh.take("bob")).isEmpty();
    }

    @Test
    void bodyThatDripsIsGivenUpAndItsPlaceIsFree() throws IOException {
        LimitedBody slow = late("ann", 100);
        assertThat(slow.read()).isZero();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
        assertThat(slow.read()).isZero();
        nanos.addAndGet(1);

        assertThatThrownBy(slow::read).satisfies(refused(Refusal.TOO_SLOW));
        assertThat(places.take("ann")).isEmpty();
    }

    @Test
    void largeBodyMayTakeASecondMoreForEvery64KiB() throws IOException {
        LimitedBody large = late("ann", 1_000_000);
        assertThat(large.readNBytes(640 * 1024)).hasSize(640 * 1024);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(25));
        assertThat(large.read()).isZero();
        nanos.addAndGet(1);
        assertThatThrownBy(large::read).satisfies(refused(Refusal.TOO_SLOW));
    }

    @Test
    void whatWasRefusedStaysRefusedAndWaitsForNothing() throws IOException {
        try (LimitedBody first = late("ann", 100)) {
            assertThat(first.read()).isZero();
            LimitedBody second = late("ann", 100);
            assertThatThrownBy(second::read).satisfies(refused(Refusal.CALLER_HAS_ENOUGH));
            assertThatThrownBy(second::read).satisfies(refused(Refusal.CALLER_HAS_ENOUGH));
            first.close();
            assertThatThrownBy(second::read).satisfies(refused(Refusal.CALLER_HAS_ENOUGH));

            LimitedBody slow = late("ann", 100);
            assertThat(slow.read()).isZero();
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
            assertThatThrownBy(slow::read).satisfies(refused(Refusal.TOO_SLOW));
            nanos.set(0);
            assertThatThrownBy(slow::read).satisfies(refused(Refusal.TOO_SLOW));
        }
        assertThat(places.take("ann")).isEmpty();
    }

    @Test
    void nothingIsReadAfterTheBodyIsClosed() throws IOException {
        LimitedBody unread = late("ann", 100);
        unread.close();
        assertThatThrownBy(unread::read).isInstanceOf(IOException.class);

        LimitedBody begun = late("ann", 100);
        assertThat(begun.read()).isZero();
        begun.close();
        assertThatThrownBy(begun::read).isInstanceOf(IOException.class);
        assertThat(places.take("ann")).isEmpty();
    }

    @Test
    void bodyThatIsNotWholeAMomentAfterTheEndHasBegunIsGivenUpAndItsPlaceIsFree() throws IOException {
        LimitedBody prompt = late("ann", 2);
        LimitedBody slow = late("bob", 100);
        assertThat(prompt.read()).isZero();
        assertThat(slow.read()).isZero();
        places.end();
        nanos.addAndGet(RequestBodyLimits.FOR_THE_REST.toNanos());
        assertThat(slow.read()).isZero();
        nanos.addAndGet(1);

        assertThat(prompt.read()).as("the last byte").isZero();
        assertThatThrownBy(slow::read).satisfies(refused(Refusal.ENDING));
        assertThatThrownBy(slow::read).satisfies(refused(Refusal.ENDING));
        assertThat(places.isEmpty()).isTrue();
    }

    @Test
    void bodyThatIsToBeWaitedForIsNotBegunOnceTheApplicationEnds() throws IOException {
        LimitedBody late = late("ann", 100);
        places.end();

        assertThatThrownBy(late::read).satisfies(refused(Refusal.ENDING));
        assertThatThrownBy(late::read).satisfies(refused(Refusal.ENDING));
        assertThat(places.isEmpty()).isTrue();
    }

    @Test
    void bodyIsWaitedForUntilItIsWholeOrClosedBetweenItsReadsToo() throws IOException {
        LimitedBody whole = late("ann", 2);
        assertThat(whole.read()).isZero();
        assertThat(places.isEmpty()).isFalse();
        assertThat(whole.read()).isZero();
        assertThat(places.isEmpty()).isTrue();

        LimitedBody closed = late("ann", 2);
        assertThat(closed.read()).isZero();
        closed.close();
        assertThat(places.isEmpty()).isTrue();
    }

    private static Consumer<Throwable> refused(Refusal why) {
        return thrown -> {
            Response answer = ((WebApplicationException) thrown).getResponse();
            ProblemDetail problem = why.problem("");
            assertThat(answer.getStatus()).isEqualTo(problem.status());
            assertThat((String) answer.getEntity()).contains(problem.detail());
            assertThat(answer.getHeaderString("Connection")).isEqualTo("close");
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("5");
        };
    }

    /** For requests that do not wait for a place. */
    private RequestBodyLimits places(int ofCaller, int ofAll) {
        return new RequestBodyLimits(ofCaller, ofAll, 0, Duration.ZERO, nanos::get);
    }

    private LimitedBody late(String caller, int length) {
        return body(new Dripping(length < 0 ? 1_000 : length), length, caller);
    }

    private LimitedBody arrived(String caller, int length) {
        return body(new ByteArrayInputStream(new byte[length]), length, caller);
    }

    private LimitedBody body(InputStream body, int length, String caller) {
        return limited(body, request(length), caller, places);
    }

    private LimitedBody limited(InputStream body, HttpServletRequest request, String caller, RequestBodyLimits limits) {
        LimitedBody.Length length =
                new LimitedBody.Length(request.getContentLengthLong(), RequestBodyDrain.hidesItsEnd(request));
        return new LimitedBody(body, length, request, caller, limits, nanos::get);
    }

    private static HttpServletRequest request(int length) {
        return new InMemoryRequest().length(length).asRequest();
    }

    /** No byte is available before it is read. */
    private static final class Dripping extends InputStream {

        private int left;

        Dripping(int length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }
    }

    private static final class Broken extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("the client has left");
        }
    }
}
