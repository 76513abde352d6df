package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigurationChanged;
import io.mcpdata.tool.LentThreads;
import io.mcpdata.tool.ToolHandler;
import io.mcpdata.tool.Toolkit;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** Read-only tools over JDBC, and the one that tells the agent where it is. Thread-safe. */
@ApplicationScoped
public class SqlToolkit implements Toolkit {

    /** As many as there are calls at once, each of which asks once at a time. */
    private static final int REQUESTS = 64;

    private final ActiveConfiguration configuration;
    private final Supplier<ScheduledExecutorService> scheduler;
    private final LentThreads cancelling;
    private final Connections connections;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedThreadFactory threads;

    @Inject
    SqlToolkit(ActiveConfiguration configuration) {
        this.configuration = configuration;
        this.scheduler = new ContainerScheduler();
        this.cancelling = cancelThreads(task -> threads.newThread(task));
        this.connections = new Connections(configuration);
    }

    SqlToolkit(
            ActiveConfiguration configuration, Supplier<ScheduledExecutorService> scheduler, ThreadFactory cancelling) {
        this.configuration = configuration;
        this.scheduler = scheduler;
        this.cancelling = cancelThreads(cancelling);
        this.connections = new Connections(configuration);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SqlToolkit() {
        this.configuration = null;
        this.scheduler = null;
        this.cancelling = null;
        this.connections = null;
    }

    /** A driver sends a request to end a statement over a connection of its own, and waits for a database that hangs. */
    private static LentThreads cancelThreads(ThreadFactory threads) {
        return new LentThreads(REQUESTS, Integer.MAX_VALUE, threads);
    }

    @Override
    public List<ToolHandler> tools() {
        SqlQueries queries = new SqlQueries(connections, scheduler, cancelling);
        return List.of(
                new PlatformInfoTool(configuration),
                new ListConnectionsTool(connections),
                new ListTablesTool(connections, queries),
                new DescribeTableTool(connections, queries),
                new QueryTool(configuration, connections, queries),
                new ExplainTool(configuration, connections, queries));
    }

    void changed(@Observes ConfigurationChanged change) {
        connections.retireChanged();
    }

    @PreDestroy
    void close() {
        cancelling.close();
        connections.close();
    }
}
