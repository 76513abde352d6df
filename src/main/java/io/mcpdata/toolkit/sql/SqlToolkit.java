package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigurationChanged;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PromptArgumentConfig.Completes;
import io.mcpdata.config.QueryConfig;
import io.mcpdata.export.Exports;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.DataNames;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.Toolkit;
import io.mcpdata.metrics.Metrics;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The read-only tools and table descriptions over JDBC, and the tool that describes the platform to the agent. Thread-safe. */
@ApplicationScoped
public class SqlToolkit implements Toolkit, DataNames {

    private final ActiveConfiguration configuration;
    private final SqlThreads sqlThreads;
    private final Connections connections;
    private final SqlQueries queries;
    private final Exports exports;
    private final TableIndexes indexes = new TableIndexes(System::nanoTime);
    private volatile @Nullable FirstUse firstUse;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ManagedThreadFactory threads;

    @Resource
    @SuppressWarnings("NullAway.Init") // a container resource has no constructor injection
    ContextService contexts;

    /** Runs what it gets with the context of the application. To capture the context each time takes long. */
    @SuppressWarnings("NullAway.Init") // made when the container has given its resources
    private Executor tasks;

    @Inject
    SqlToolkit(ActiveConfiguration configuration, Exports exports) {
        this.configuration = configuration;
        this.exports = exports;
        this.sqlThreads = SqlThreads.of(task -> threads.newThread(task));
        this.connections = new Connections(configuration, this::runAsTask, sqlThreads.aborting());
        this.queries = new SqlQueries(connections, StatementTimeout.Threads.of(new ContainerScheduler(), sqlThreads));
    }

    SqlToolkit(ActiveConfiguration configuration, Supplier<ScheduledExecutorService> scheduler, ThreadFactory threads) {
        this.configuration = configuration;
        this.exports = new Exports(configuration, Clock.systemUTC());
        this.sqlThreads = SqlThreads.of(threads);
        this.connections = new Connections(configuration, Runnable::run, sqlThreads.aborting());
        this.queries = new SqlQueries(connections, StatementTimeout.Threads.of(scheduler, sqlThreads));
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SqlToolkit() {
        this.configuration = null;
        this.sqlThreads = null;
        this.connections = null;
        this.queries = null;
        this.exports = null;
    }

    @PostConstruct
    void capture() {
        Executor direct = Runnable::run;
        tasks = contexts.createContextualProxy(direct, Executor.class);
    }

    /**
     * Makes each use of a connection a container task of its own. Otherwise all uses on one thread would be one task,
     * and Open Liberty keeps even a closed connection until the task that used it ends.
     */
    private void runAsTask(Runnable use) {
        tasks.execute(use);
    }

    /** Runs when the configuration is loaded. */
    void begin(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) @Initialized(ApplicationScoped.class)
                    Object application) {
        begin(threads);
    }

    void begin(ThreadFactory starting) {
        FirstUse use = new FirstUse(connections, queries);
        firstUse = use;
        starting.newThread(use).start();
        checkQueries(starting);
    }

    private void checkQueries(ThreadFactory checking) {
        List<QueryConfig> all = configuration.config().queries();
        if (!all.isEmpty()) {
            checking.newThread(() -> new NamedQueryCheck(connections, queries).check(all))
                    .start();
        }
    }

    void measure(@Observes @Initialized(ApplicationScoped.class) Object application, Metrics metrics) {
        metrics.gauges(
                "mcp_connections_borrowed",
                "Database connections that calls use now, by configured connection",
                "connection",
                connections::borrowed);
        pools(
                metrics,
                "mcp_connections_open",
                "Connections of the platform's own pools, in use or idle",
                PoolState::open);
        pools(
                metrics,
                "mcp_connections_pool_size",
                "The most connections of the platform's own pools",
                PoolState::size);
        pools(
                metrics,
                "mcp_connections_waiting",
                "Callers that wait for a connection of the platform's own pools",
                PoolState::waiting);
    }

    private void pools(Metrics metrics, String name, String help, ToIntFunction<PoolState> figure) {
        metrics.gauges(name, help, "connection", () -> connections.pools(figure));
    }

    @Override
    public boolean isPrepared() {
        FirstUse use = firstUse;
        return use != null && use.isOver();
    }

    @Override
    public List<ToolHandler> tools() {
        List<ToolHandler> own = List.of(
                new PlatformInfoTool(configuration),
                new ListConnectionsTool(connections),
                new SearchTool(configuration, connections, queries, indexes),
                new ListTablesTool(configuration, connections, queries),
                new DescribeTableTool(configuration, connections, queries),
                new ProfileTool(connections, queries),
                new QueryTool(configuration, connections, queries),
                new ExplainTool(configuration, connections, queries),
                new ExportTool(configuration, connections, queries, exports));
        Stream<ToolHandler> named = configuration.config().queries().stream()
                .map(query -> new NamedQueryTool(query, configuration, connections, queries));
        return Stream.concat(own.stream(), named).toList();
    }

    @Override
    public Object basis() {
        return configuration.config().queries();
    }

    @Override
    public List<ResourceHandler> resources() {
        return List.of(new TableResources(configuration, connections, queries), new ExportResources(exports));
    }

    @Override
    public List<String> names(CallContext context, Completes wanted, Map<Completes, String> known) {
        return new SqlNames(connections, queries).names(context, wanted, known);
    }

    void changed(@Observes ConfigurationChanged change) {
        connections.retireChanged();
        PlatformConfig before = change.previous();
        PlatformConfig now = change.current();
        if (!before.queries().equals(now.queries()) || !before.connections().equals(now.connections())) {
            checkQueries(threads);
        }
    }

    @PreDestroy
    void close() {
        connections.close();
        sqlThreads.close();
    }
}
