package io.mcpdata.toolkit.sql;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The server's own scheduler, looked up at its first use, which is in a call: there every server knows the name. */
final class ContainerScheduler implements Supplier<ScheduledExecutorService> {

    private static final String NAME = "java:comp/DefaultManagedScheduledExecutorService";

    private volatile @Nullable ScheduledExecutorService scheduler;

    /** @throws RejectedExecutionException if there is none: no statement may run without a timeout */
    @Override
    @SuppressWarnings("BanJNDI") // only the name above, in the server's own component namespace
    public ScheduledExecutorService get() {
        ScheduledExecutorService known = scheduler;
        if (known == null) {
            try {
                known = InitialContext.doLookup(NAME);
            } catch (NamingException e) {
                throw new RejectedExecutionException("the server has no " + NAME, e);
            }
            scheduler = known;
        }
        return known;
    }
}
