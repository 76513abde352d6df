package io.mcpdata.background;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The server's own threads, looked up at their first use: that is in a request, where every server knows the name.
 * Thread-safe.
 */
public final class ContainerThreads {

    private static final String THREADS = "java:comp/DefaultManagedThreadFactory";

    private final Function<String, Object> names;
    private volatile @Nullable ThreadFactory factory;

    ContainerThreads() {
        this(ContainerThreads::lookUp);
    }

    /** @param names what the server has under them */
    ContainerThreads(Function<String, Object> names) {
        this.names = names;
    }

    /**
     * A thread of the server's, not started yet.
     *
     * @throws RejectedExecutionException if the server gives none
     */
    public Thread thread(Runnable task) {
        ThreadFactory known = factory;
        if (known == null) {
            known = ThreadRefusals.threads((ManagedThreadFactory) names.apply(THREADS));
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
