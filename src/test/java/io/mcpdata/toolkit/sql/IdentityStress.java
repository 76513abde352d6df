package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many callers on one pool: each call is another caller's than the one before, and some of them end badly. */
final class IdentityStress {

    /** One call. */
    interface Call {
        /** @return what is wrong with the answer; empty if nothing */
        String make(int caller, Random random, Cancellation cancellation);
    }

    private static final int THREADS = 12;
    private static final int SEED = 4711;

    private final ScheduledExecutorService scheduler;
    private final Map<String, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();

    IdentityStress(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Wrong answers of the given number of calls by so many callers. */
    List<String> run(int calls, int callers, Call call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(SEED + i);
                running.add(threads.submit(() -> {
                    while (next.getAndIncrement() < calls) {
                        one(random.nextInt(callers), random, call);
                    }
                }));
            }
            for (Future<?> thread : running) {
                thread.get(120, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(wrong);
    }

    private void one(int caller, Random random, Call call) {
        Cancellation cancellation = new Cancellation();
        try {
            if (random.nextInt(20) == 0) {
                scheduler.schedule(cancellation::cancel, random.nextInt(4_000), TimeUnit.MICROSECONDS);
            }
            String problem = call.make(caller, random, cancellation);
            if (!problem.isEmpty()) {
                wrong.add(problem);
            }
            count("answered");
        } catch (ToolException e) {
            count(e.category());
        } catch (RuntimeException e) {
            wrong.add(e.toString());
        }
    }

    private void count(String outcome) {
        outcomes.computeIfAbsent(outcome, name -> new AtomicInteger()).incrementAndGet();
    }

    int times(String outcome) {
        return outcomes.getOrDefault(outcome, new AtomicInteger()).get();
    }

    Map<String, AtomicInteger> outcomes() {
        return new TreeMap<>(outcomes);
    }
}
