package io.mcpdata.gateway;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** As where the system lets no more threads begin, for the first few of them. */
public final class FailingThreads implements ThreadFactory {

    private final AtomicInteger left;

    public FailingThreads(int failing) {
        this.left = new AtomicInteger(failing);
    }

    @Override
    public Thread newThread(Runnable task) {
        return new Thread(task) {
            @Override
            public void start() {
                if (left.getAndDecrement() > 0) {
                    throw new OutOfMemoryError("unable to create native thread: as if");
                }
                super.start();
            }
        };
    }
}
