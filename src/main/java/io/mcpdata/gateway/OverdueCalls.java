package io.mcpdata.gateway;

import io.mcpdata.background.BoundedExecutor;
import io.mcpdata.background.ContainerThreads;
import io.mcpdata.background.PeriodicTasks;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Answers calls whose tool does not end in time, and counts the abandoned tools that still run. While too many of them
 * hang in one place, further calls there are refused at once. The thread of an abandoned tool is not interrupted: an
 * interrupt would close the file of an embedded database for all its users. Thread-safe.
 */
@Dependent
class OverdueCalls {

    /** How often deadlines are checked. */
    static final Duration TICK = Duration.ofMillis(200);

    /** How many abandoned calls may still run in one place. */
    static final int MOST = 8;

    /** Threads for the audit rows of overdue calls. */
    private static final int ANSWERING = 4;

    private final Executor answering;
    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> abandoned = new HashMap<>();

    @Inject
    OverdueCalls(PeriodicTasks tasks, ContainerThreads threads) {
        this(new BoundedExecutor(ANSWERING, Integer.MAX_VALUE, threads::thread));
        tasks.every(TICK, this::look);
    }

    /** @param answering run what answers; an audit row may take its time */
    OverdueCalls(Executor answering) {
        this.answering = answering;
    }

    /**
     * The call's time begins.
     *
     * @param place what the call may hang in: a connection, or the tool itself
     * @param answer gets the error of a call that is overdue, at most once
     * @throws ToolException if too many abandoned calls still run there
     */
    Running begin(String place, Cancellation call, Consumer<ToolException> answer) {
        if (abandoned(place) >= MOST) {
            throw new ToolException(
                    "connection_unavailable",
                    MOST + " abandoned calls of " + place + " still run; try again when one of them has ended.");
        }
        call.answerInUsualTime();
        Running begun = new Running(place, call, answer);
        running.add(begun);
        return begun;
    }

    @PreDestroy
    void close() {
        if (answering instanceof BoundedExecutor own) {
            own.close();
        }
    }

    /** To be run every {@link #TICK}. */
    void look() {
        running.forEach(Running::look);
    }

    private synchronized int abandoned(String place) {
        return abandoned.getOrDefault(place, 0);
    }

    private synchronized void count(String place, int more) {
        int now = abandoned.getOrDefault(place, 0) + more;
        if (now == 0) {
            abandoned.remove(place);
        } else {
            abandoned.put(place, now);
        }
    }

    /** One call. */
    final class Running {

        private final String place;
        private final Cancellation call;
        private final Consumer<ToolException> answer;

        private Running(String place, Cancellation call, Consumer<ToolException> answer) {
            this.place = place;
            this.call = call;
            this.answer = answer;
        }

        private synchronized void look() {
            call.overdue().ifPresent(error -> {
                count(place, 1);
                running.remove(this);
                try {
                    answering.execute(() -> answer.accept(error));
                } catch (RejectedExecutionException e) {
                    answer.accept(error);
                }
            });
        }

        /** The tool has ended; returns whether its caller still waits. */
        synchronized boolean end() {
            if (call.takeAnswer()) {
                running.remove(this);
                return true;
            }
            count(place, -1);
            return false;
        }
    }
}
