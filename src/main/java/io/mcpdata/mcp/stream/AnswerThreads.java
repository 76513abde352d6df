package io.mcpdata.mcp.stream;

import io.mcpdata.background.BoundedExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * The container's threads that write answers of {@code /mcp} which take long: each is occupied until its client has read
 * the answer. They are apart from {@link StreamThreads}, so that slow calls delay no event stream. Thread-safe.
 */
public final class AnswerThreads implements Executor, AutoCloseable {

    private static final int MOST = 256;

    private final BoundedExecutor threads;

    AnswerThreads(ThreadFactory container) {
        threads = BoundedExecutor.withoutWaiting(MOST, container);
    }

    /** @throws RejectedExecutionException if all threads are occupied; the task never runs then */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Interrupts what still writes. Does not block. */
    @Override
    public void close() {
        threads.close();
    }
}
