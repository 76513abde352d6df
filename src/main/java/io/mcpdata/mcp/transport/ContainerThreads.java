package io.mcpdata.mcp.transport;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The server's own executors, looked up at their first use: that is in a request, where every server knows the names.
 * Thread-safe.
 */
final class ContainerThreads implements Executor {

    private static final String EXECUTOR = "java:comp/DefaultManagedExecutorService";
    private static final String THREADS = "java:comp/DefaultManagedThreadFactory";

    private volatile @Nullable ManagedExecutorService executor;
    private volatile @Nullable ManagedThreadFactory factory;

    /** @throws RejectedExecutionException if the server takes no task, because it shuts down or has no executor */
    @Override
    public void execute(Runnable task) {
        ManagedExecutorService known = executor;
        if (known == null) {
            known = (ManagedExecutorService) lookUp(EXECUTOR);
            executor = known;
        }
        try {
            known.execute(task);
        } catch (IllegalStateException e) {
            // how some servers say that the application is on its way out
            throw new RejectedExecutionException(e);
        }
    }

    /** A thread of the server's, not started yet, for work that would keep one of the executor's too long. */
    Thread thread(Runnable task) {
        ManagedThreadFactory known = factory;
        if (known == null) {
            known = (ManagedThreadFactory) lookUp(THREADS);
            factory = known;
        }
        return known.newThread(task);
    }

    @SuppressWarnings("BanJNDI") // only the names above, in the server's own component namespace
    private static Object lookUp(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new RejectedExecutionException("the server has no " + name, e);
        }
    }
}
