package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.http.RequestBodyLimits.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class RequestBodyLimitsTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoFindsNoPlaceGetsTheNextThatIsLeft() throws Exception {
        RequestBodyLimits places = limits(2, 8, 4, LONG);
        fill(places, "ann", 2);
        Future<Optional<Refusal>> waiter = threads.submit(() -> places.take("ann"));
        awaitWaiting(places, "ann", 1);

        fill(places, "bob", 2);
        places.release("bob");
        assertThat(waiter.isDone())
                .as("the place of another is not this caller's")
                .isFalse();
        places.release("ann");
        assertThat(waiter.get()).isEmpty();
    }

    @Test
    void callerThatGetsNoPlaceIsToldWhy() {
        RequestBodyLimits places = limits(2, 2, 4, SHORT);
        fill(places, "ann", 1);
        fill(places, "bob", 1);
        long begin = System.nanoTime();
        assertThat(places.take("ann")).contains(Refusal.NONE_LEFT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT);

        RequestBodyLimits roomy = limits(2, 8, 4, SHORT);
        fill(roomy, "ann", 2);
        assertThat(roomy.take("ann")).contains(Refusal.CALLER_HAS_ENOUGH);
    }

    @Test
    void callerHasHalfOfThoseWhoWaitAndTheNextHalfOfTheRest() throws Exception {
        RequestBodyLimits places = limits(1, 4, 4, LONG);
        fill(places, "ann", 1);
        fill(places, "bob", 1);
        List<Future<Optional<Refusal>>> waiters = new ArrayList<>();
        for (String caller : List.of("ann", "ann", "bob")) {
            waiters.add(threads.submit(() -> places.take(caller)));
            awaitWaiting(places, caller, caller.equals("ann") ? waiters.size() : 1);
        }
        assertThat(places.take("ann")).as("at once").contains(Refusal.CALLER_HAS_ENOUGH);
        assertThat(places.take("bob")).as("at once").contains(Refusal.CALLER_HAS_ENOUGH);
        assertThat(waiters).noneMatch(Future::isDone);

        places.release("ann");
        places.release("bob");
        assertThat(waiters.get(2).get()).isEmpty();
        places.release("ann");
        assertThat(waiters.get(0).get()).isEmpty();
        assertThat(waiters.get(1).get()).isEmpty();
    }

    @Test
    void callersWithAsManyAsTheyMayHaveLeavePlacesToAnother() {
        RequestBodyLimits places =
                limits(RequestBodyLimits.OF_CALLER, RequestBodyLimits.OF_ALL, RequestBodyLimits.WAITING, Duration.ZERO);
        for (String slow : List.of("ann", "bob", "cid", "dan")) {
            fill(places, slow, RequestBodyLimits.OF_CALLER);
        }
        fill(places, "eve", 4);
        assertThat(places.take("eve")).contains(Refusal.NONE_LEFT);
        fill(places, "fay", 1);
    }

    @Test
    void interruptedThreadGetsNoPlaceAndWaitsForNone() throws Exception {
        RequestBodyLimits places = limits(1, 2, 2, LONG);
        fill(places, "ann", 1);
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            if (places.take("ann").equals(Optional.of(Refusal.CALLER_HAS_ENOUGH))
                    && Thread.currentThread().isInterrupted()) {
                interrupted.incrementAndGet();
            }
        });
        waiter.start();
        awaitWaiting(places, "ann", 1);
        waiter.interrupt();
        waiter.join();

        assertThat(interrupted).hasValue(1);
        assertThat(places.waiting("ann")).isZero();
        places.release("ann");
        fill(places, "ann", 1);
    }

    @Test
    void boundsHoldHoweverManyAskAtOnceAndEveryPlaceComesBack() throws Exception {
        int ofCaller = 3;
        int ofAll = 7;
        RequestBodyLimits places = limits(ofCaller, ofAll, 6, Duration.ofMillis(2));
        Map<String, AtomicInteger> held = new ConcurrentHashMap<>();
        AtomicInteger all = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        AtomicInteger tooMany = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(1);
        List<Future<?>> asking = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            String caller = "caller-" + i % 5;
            AtomicInteger own = held.computeIfAbsent(caller, name -> new AtomicInteger());
            asking.add(threads.submit(() -> {
                together.await();
                for (int round = 0; round < 500; round++) {
                    if (places.take(caller).isEmpty()) {
                        given.incrementAndGet();
                        int ofOne = own.incrementAndGet();
                        int ofEverybody = all.incrementAndGet();
                        if (ofOne > ofCaller || ofEverybody > ofAll) {
                            tooMany.incrementAndGet();
                        }
                        TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(50));
                        all.decrementAndGet();
                        own.decrementAndGet();
                        places.release(caller);
                    }
                }
                return null;
            }));
        }
        together.countDown();
        for (Future<?> one : asking) {
            one.get();
        }
        assertThat(tooMany).hasValue(0);
        assertThat(given.get()).isPositive();
        for (String caller : held.keySet()) {
            assertThat(places.waiting(caller)).isZero();
        }
        fill(places, "first", ofCaller);
        fill(places, "second", 2);
        fill(places, "third", 1);
        fill(places, "fourth", 1);
    }

    @Test
    void callerHasNoMoreThanAreLeftForTheOthers() {
        RequestBodyLimits places = limits(8, 8, 0, Duration.ZERO);
        assertThat(takeAll(places, "ann")).isEqualTo(4);
        assertThat(takeAll(places, "bob")).isEqualTo(2);
        assertThat(takeAll(places, "cid")).isEqualTo(1);
        assertThat(takeAll(places, "ann")).isZero();
        assertThat(takeAll(places, "dan")).isEqualTo(1);
        assertThat(takeAll(places, "eve")).as("there is none").isZero();

        for (int i = 0; i < 4; i++) {
            places.release("ann");
        }
        assertThat(takeAll(places, "fay")).isEqualTo(2);
    }

    @Test
    void bodyIsAwaitedFromItsBeginningToItsEnd() {
        RequestBodyLimits places = limits(2, 8, 0, Duration.ZERO);
        fill(places, "ann", 2);
        places.release("ann");
        assertThat(places.isEmpty()).isFalse();
        places.release("ann");
        assertThat(places.isEmpty()).isTrue();
        assertThat(places.takeRefused()).isTrue();
        assertThat(places.isEmpty()).isFalse();
        places.leaveRefused();
        assertThat(places.isEmpty()).isTrue();
    }

    @Test
    void onlyAFewBodiesOfRefusedRequestsAreAwaited() {
        RequestBodyLimits places = limits(1, 1, 0, Duration.ZERO);
        for (int i = 0; i < RequestBodyLimits.REFUSED; i++) {
            assertThat(places.takeRefused()).isTrue();
        }
        assertThat(places.takeRefused()).isFalse();
        fill(places, "ann", 1);
        places.leaveRefused();
        assertThat(places.takeRefused()).isTrue();
    }

    @Test
    void noWaitBeginsOnceTheApplicationEndsAndAWaitForAPlaceIsOver() throws Exception {
        RequestBodyLimits places = limits(1, 8, 4, LONG);
        fill(places, "ann", 1);
        Future<Optional<Refusal>> waiter = threads.submit(() -> places.take("ann"));
        awaitWaiting(places, "ann", 1);
        places.end();
        assertThat(waiter.get()).contains(Refusal.ENDING);
        assertThat(places.take("bob")).contains(Refusal.ENDING);
        assertThat(places.takeRefused()).isFalse();
        places.release("ann");
        assertThat(places.isEmpty()).isTrue();
    }

    @Test
    void endingTwiceGivesNoMoreTime() {
        RequestBodyLimits places = limits(1, 1, 0, Duration.ZERO);
        places.end();
        nanos.addAndGet(RequestBodyLimits.FOR_THE_REST.toNanos());
        assertThat(places.areOver()).isFalse();
        places.end();
        nanos.addAndGet(1);

        assertThat(places.areOver()).isTrue();
    }

    private RequestBodyLimits limits(int ofCaller, int ofAll, int waiting, Duration patience) {
        return new RequestBodyLimits(ofCaller, ofAll, waiting, patience, nanos::get);
    }

    private static int takeAll(RequestBodyLimits places, String caller) {
        int taken = 0;
        while (places.take(caller).isEmpty()) {
            taken++;
        }
        return taken;
    }

    private static void fill(RequestBodyLimits places, String caller, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(places.take(caller)).isEmpty();
        }
    }

    private static void awaitWaiting(RequestBodyLimits places, String caller, int count) throws InterruptedException {
        while (places.waiting(caller) < count) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
