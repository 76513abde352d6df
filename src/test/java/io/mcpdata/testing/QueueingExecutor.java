package io.mcpdata.testing;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Keeps tasks until the test runs them. */
public final class QueueingExecutor implements Executor {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean rejecting;

    @Override
    public void execute(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("shut down");
        }
        tasks.add(task);
    }

    public void reject() {
        rejecting = true;
    }

    public int waiting() {
        return tasks.size();
    }

    public void runOne() {
        tasks.remove().run();
    }

    public void runAll() {
        while (!tasks.isEmpty()) {
            runOne();
        }
    }
}
