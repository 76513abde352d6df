package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.http.LateBodies.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LateBodiesTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoFindsNoPlaceGetsTheNextThatIsLeft() throws Exception {
        LateBodies places = new LateBodies(2, 8, 4, LONG);
        fill(places, "ann", 2);
        Future<Place> waiter = threads.submit(() -> places.take("ann"));
        awaitWaiting(places, "ann", 1);

        fill(places, "bob", 2);
        places.release("bob");
        assertThat(waiter.isDone())
                .as("the place of another is not this caller's")
                .isFalse();
        places.release("ann");
        assertThat(waiter.get()).isEqualTo(Place.GIVEN);
    }

    @Test
    void callerThatWaitsWithoutEffectIsToldWhy() {
        LateBodies places = new LateBodies(2, 2, 4, SHORT);
        fill(places, "ann", 1);
        fill(places, "bob", 1);
        long begin = System.nanoTime();
        assertThat(places.take("ann")).isEqualTo(Place.NONE_LEFT);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT);

        LateBodies roomy = new LateBodies(2, 8, 4, SHORT);
        fill(roomy, "ann", 2);
        assertThat(roomy.take("ann")).isEqualTo(Place.CALLER_HAS_ENOUGH);
    }

    @Test
    void callerHasHalfOfThoseWhoWaitAndTheNextHalfOfTheRest() throws Exception {
        LateBodies places = new LateBodies(1, 4, 4, LONG);
        fill(places, "ann", 1);
        fill(places, "bob", 1);
        List<Future<Place>> waiters = new ArrayList<>();
        for (String caller : List.of("ann", "ann", "bob")) {
            waiters.add(threads.submit(() -> places.take(caller)));
            awaitWaiting(places, caller, caller.equals("ann") ? waiters.size() : 1);
        }
        assertThat(places.take("ann")).as("at once").isEqualTo(Place.CALLER_HAS_ENOUGH);
        assertThat(places.take("bob")).as("at once").isEqualTo(Place.CALLER_HAS_ENOUGH);
        assertThat(waiters).noneMatch(Future::isDone);

        places.release("ann");
        places.release("bob");
        assertThat(waiters.get(2).get()).isEqualTo(Place.GIVEN);
        places.release("ann");
        assertThat(waiters.get(0).get()).isEqualTo(Place.GIVEN);
        assertThat(waiters.get(1).get()).isEqualTo(Place.GIVEN);
    }

    @Test
    void callersWithAsManyAsTheyMayHaveLeavePlacesToAnother() {
        LateBodies places =
                new LateBodies(LateBodyFilter.OF_CALLER, LateBodyFilter.OF_ALL, LateBodyFilter.WAITING, Duration.ZERO);
        for (String slow : List.of("ann", "bob", "cid", "dan")) {
            fill(places, slow, LateBodyFilter.OF_CALLER);
        }
        fill(places, "eve", 4);
        assertThat(places.take("eve")).isEqualTo(Place.NONE_LEFT);
        fill(places, "fay", 1);
    }

    @Test
    void interruptedThreadGetsNoPlaceAndWaitsForNone() throws Exception {
        LateBodies places = new LateBodies(1, 2, 2, LONG);
        fill(places, "ann", 1);
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            if (places.take("ann") == Place.CALLER_HAS_ENOUGH
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
        LateBodies places = new LateBodies(ofCaller, ofAll, 6, Duration.ofMillis(2));
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
                    if (places.take(caller) == Place.GIVEN) {
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

    private static void fill(LateBodies places, String caller, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(places.take(caller)).isEqualTo(Place.GIVEN);
        }
    }

    private static void awaitWaiting(LateBodies places, String caller, int count) throws InterruptedException {
        while (places.waiting(caller) < count) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
