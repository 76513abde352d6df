package io.mcpdata.mcp.server;

import io.mcpdata.audit.RefusalRows;
import io.mcpdata.background.BoundedExecutor;
import io.mcpdata.background.ContainerThreads;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.gateway.FeatureGateway;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.servers.SharedTasks;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Assembles the plain classes of this package. */
@Dependent
class McpServerProducer {

    /** Twice as many as run well at once: an abandoned call that hangs in a database keeps its thread. */
    private static final int CALLS = 128;

    private static final int WAITING_CALLS = 1_000;

    @Produces
    @Singleton
    static RequestRefusals requestRefusals(RefusalRows refusals) {
        return new RequestRefusals(refusals, Clock.systemUTC());
    }

    @Produces
    @Singleton
    static MessageReader messageReader(CallerLimits limits, RequestRefusals refusals) {
        return new MessageReader(limits, refusals);
    }

    @Produces
    @Singleton
    @Typed(BoundedExecutor.class) // not as an Executor: other classes inject executors too
    static BoundedExecutor callThreads(ContainerThreads threads) {
        return new BoundedExecutor(CALLS, WAITING_CALLS, threads::thread);
    }

    @Produces
    @Singleton
    static CallRunner callRunner(
            BoundedExecutor threads,
            CallerLimits limits,
            ActiveConfiguration configuration,
            RequestRefusals refusals,
            SharedTasks shared,
            PeriodicTasks tasks) {
        CallRunner calls = new CallRunner(threads, limits, configuration, refusals, Optional.of(shared));
        tasks.every(CallRunner.PROGRESS, calls::reportProgress);
        tasks.every(Duration.ofSeconds(1), calls::makeTasks);
        tasks.every(Duration.ofMillis(500), calls.tasks()::exchange);
        return calls;
    }

    @Produces
    @Singleton
    static McpServer mcpServer(
            FeatureGateway gateway,
            CallRunner calls,
            ActiveConfiguration configuration,
            RequestRefusals refusals,
            ServletContext application) {
        InitializeHandler initialize = new InitializeHandler(configuration, ServerVersion.of(application));
        return new McpServer(initialize, gateway, calls, refusals);
    }
}
