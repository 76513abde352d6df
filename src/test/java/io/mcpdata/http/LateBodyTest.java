package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LateBodyTest {

    private static final LateBody.Refusing REFUSING = new LateBody.Refusing() {
        @Override
        public RuntimeException noPlace(LateBodies.Place why) {
            return new IllegalStateException(why.name());
        }

        @Override
        public RuntimeException tooSlow() {
            return new IllegalStateException("too slow");
        }

        @Override
        public RuntimeException ending() {
            return new IllegalStateException("ending");
        }
    };

    private final LateBodies places = places(1, 2);
    private final AtomicLong nanos = new AtomicLong();
    private final AwaitedBodies awaited = new AwaitedBodies(nanos::get);

    @Test
    void bodyThatIsThereNeedsNoPlace() throws IOException {
        try (LateBody ann = late("ann", 100)) {
            assertThat(ann.read()).isZero();

            assertThat(arrived("ann", 5).readAllBytes()).hasSize(5);
        }
    }

    @Test
    void callerMayLetNoMoreBodiesWaitAndOthersAreNotTouched() throws IOException {
        try (LateBody first = late("ann", 100);
                LateBody second = late("ann", 100);
                LateBody other = late("bob", 100);
                LateBody third = late("cid", 100)) {
            assertThat(first.read()).isZero();
            assertThatThrownBy(second::read).hasMessage("CALLER_HAS_ENOUGH");
            assertThat(other.read()).isZero();
            assertThatThrownBy(third::read).hasMessage("NONE_LEFT");
        }
    }

    @Test
    void placeIsFreeAtTheEndOfTheBodyWhenClosedAndWhenTheClientLeaves() throws IOException {
        assertThat(late("ann", 3).readAllBytes()).hasSize(3);
        assertThat(late("ann", -1).readNBytes(4)).hasSize(4);
        assertThatThrownBy(() -> late("ann", 9).read()).hasMessage("CALLER_HAS_ENOUGH");

        LateBodies fresh = places(1, 1);
        LateBody closed = new LateBody(new Dripping(9), waiting(fresh), "ann", 9, REFUSING, nanos::get);
        assertThat(closed.read()).isZero();
        closed.close();
        closed.close();
        LateBody broken = new LateBody(new Broken(), waiting(fresh), "ann", 9, REFUSING, nanos::get);
        assertThatThrownBy(broken::read).hasMessage("the client has left");
        assertThatThrownBy(broken::read).hasMessage("the body is closed");
        assertThat(broken.isCut()).isTrue();
        assertThat(closed.isCut()).isFalse();
        assertThat(fresh.take("bob")).isEqualTo(LateBodies.Place.GIVEN);
    }

    @Test
    void bodyThatDripsIsGivenUpAndItsPlaceIsFree() throws IOException {
        LateBody slow = late("ann", 100);
        assertThat(slow.read()).isZero();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(15));
        assertThat(slow.read()).isZero();
        nanos.addAndGet(1);

        assertThatThrownBy(slow::read).hasMessage("too slow");
        assertThat(places.take("ann")).isEqualTo(LateBodies.Place.GIVEN);
    }

    @Test
    void largeBodyMayTakeASecondMoreForEvery64KiB() throws IOException {
        LateBody large = late("ann", 1_000_000);
        assertThat(large.readNBytes(640 * 1024)).hasSize(640 * 1024);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(25));
        assertThat(large.read()).isZero();
        nanos.addAndGet(1);
        assertThatThrownBy(large::read).hasMessage("too slow");
    }

    @Test
    void whatWasRefusedStaysRefusedAndWaitsForNothing() throws IOException {
        try (LateBody first = late("ann", 100)) {
            assertThat(first.read()).isZero();
            LateBody second = late("ann", 100);
            assertThatThrownBy(second::read).hasMessage("CALLER_HAS_ENOUGH");
            assertThatThrownBy(second::read).hasMessage("CALLER_HAS_ENOUGH");
            first.close();
            assertThatThrownBy(second::read).hasMessage("CALLER_HAS_ENOUGH");

            LateBody slow = late("ann", 100);
            assertThat(slow.read()).isZero();
            nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
            assertThatThrownBy(slow::read).hasMessage("too slow");
            nanos.set(0);
            assertThatThrownBy(slow::read).hasMessage("too slow");
        }
        assertThat(places.take("ann")).isEqualTo(LateBodies.Place.GIVEN);
    }

    @Test
    void nothingIsReadAfterTheBodyIsClosed() throws IOException {
        LateBody unread = late("ann", 100);
        unread.close();
        assertThatThrownBy(unread::read).isInstanceOf(IOException.class);

        LateBody begun = late("ann", 100);
        assertThat(begun.read()).isZero();
        begun.close();
        assertThatThrownBy(begun::read).isInstanceOf(IOException.class);
        assertThat(places.take("ann")).isEqualTo(LateBodies.Place.GIVEN);
    }

    @Test
    void bodyThatIsNotWholeAMomentAfterTheEndHasBegunIsGivenUpAndItsPlaceIsFree() throws IOException {
        LateBody prompt = late("ann", 2);
        LateBody slow = late("bob", 100);
        assertThat(prompt.read()).isZero();
        assertThat(slow.read()).isZero();
        awaited.end();
        nanos.addAndGet(AwaitedBodies.FOR_THE_REST.toNanos());
        assertThat(slow.read()).isZero();
        nanos.addAndGet(1);

        assertThat(prompt.read()).as("the last byte").isZero();
        assertThatThrownBy(slow::read).hasMessage("ending");
        assertThatThrownBy(slow::read).hasMessage("ending");
        assertThat(places.take("bob")).isEqualTo(LateBodies.Place.GIVEN);
    }

    @Test
    void bodyThatIsToBeWaitedForIsNotBegunOnceTheApplicationEnds() throws IOException {
        LateBody late = late("ann", 100);
        awaited.end();

        assertThatThrownBy(late::read).hasMessage("ending");
        assertThatThrownBy(late::read).hasMessage("ending");
        assertThat(awaited.isEmpty()).isTrue();
        assertThat(places.take("ann")).isEqualTo(LateBodies.Place.GIVEN);
    }

    @Test
    void bodyIsWaitedForUntilItIsWholeOrClosedBetweenItsReadsToo() throws IOException {
        LateBody whole = late("ann", 2);
        assertThat(whole.read()).isZero();
        assertThat(awaited.isEmpty()).isFalse();
        assertThat(whole.read()).isZero();
        assertThat(awaited.isEmpty()).isTrue();

        LateBody closed = late("ann", 2);
        assertThat(closed.read()).isZero();
        closed.close();
        assertThat(awaited.isEmpty()).isTrue();
    }

    private LateBody.Waiting waiting(LateBodies ofThese) {
        return new LateBody.Waiting(ofThese, awaited);
    }

    /** For requests that do not wait for a place. */
    private static LateBodies places(int ofCaller, int ofAll) {
        return new LateBodies(ofCaller, ofAll, 0, Duration.ZERO);
    }

    private LateBody late(String caller, int length) {
        return new LateBody(
                new Dripping(length < 0 ? 1_000 : length), waiting(places), caller, length, REFUSING, nanos::get);
    }

    private LateBody arrived(String caller, int length) {
        return new LateBody(
                new ByteArrayInputStream(new byte[length]), waiting(places), caller, length, REFUSING, nanos::get);
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
