package io.mcpdata.mcp.transport;

import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.AwaitedBodies;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.thread.ElapsedClock;
import io.mcpdata.tool.LentThreads;
import io.mcpdata.tool.ToolGateway;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletContext;
import java.time.Clock;
import java.time.Duration;

/** Puts the room's plain classes together. */
@Dependent
class TransportProducer {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Clock ELAPSED = new ElapsedClock();
    private static final int CALLS = 64;
    private static final int WAITING_CALLS = 1_000;
    // together with what the slowest server needs to stop, well under 30 seconds; calls get longer than Open Liberty's
    // read timeout, which is all that ends the wait for a half-sent message there
    private static final Shutdown.Patience AT_THE_END =
            new Shutdown.Patience(Duration.ofSeconds(16), Duration.ofSeconds(2), Duration.ofSeconds(3));

    @Produces
    @Singleton
    static ContainerThreads threads() {
        return new ContainerThreads();
    }

    @Produces
    @Singleton
    @Typed(StreamThreads.class) // not as an Executor for anyone
    static StreamThreads streamThreads(ContainerThreads threads) {
        return new StreamThreads(threads::thread);
    }

    @Produces
    @Singleton
    static McpSessions sessions() {
        return new McpSessions();
    }

    @Produces
    @Singleton
    static Credentials credentials(Instance<CredentialRecheck> rechecks) {
        return new Credentials(rechecks.stream().toList(), CLOCK);
    }

    @Produces
    @Singleton
    static StreamTickets streamTickets() {
        return new StreamTickets(ELAPSED);
    }

    @Produces
    @Singleton
    static StreamAudit streamAudit(AuditLog audit, RefusalRows refusals) {
        return new StreamAudit(audit, refusals, CLOCK);
    }

    @Produces
    @Singleton
    static StreamOpening streamOpening(
            McpSessions sessions, StreamAudit audit, ActiveConfiguration configuration, StreamThreads threads) {
        return new StreamOpening(sessions, audit, configuration, threads, ELAPSED);
    }

    @Produces
    @Singleton
    @Typed(LentThreads.class) // not as an Executor for anyone
    static LentThreads callThreads(ContainerThreads threads) {
        return new LentThreads(CALLS, WAITING_CALLS, threads::thread);
    }

    @Produces
    @Singleton
    static CallRunner callRunner(
            ToolGateway gateway, LentThreads threads, ActiveConfiguration configuration, StreamAudit audit) {
        return new CallRunner(new GatewayTools(gateway), threads, configuration, audit);
    }

    @Produces
    @Singleton
    static Inbox inbox(
            McpSessions sessions,
            ToolGateway gateway,
            CallRunner calls,
            ActiveConfiguration configuration,
            StreamAudit audit,
            ServletContext application) {
        Greeting greeting = new Greeting(configuration, ServerVersion.of(application));
        return new Inbox(
                sessions, new McpDispatcher(greeting, new GatewayTools(gateway), calls, audit), configuration, audit);
    }

    @Produces
    @Singleton
    static WatchSchedule watchSchedule(
            McpSessions sessions,
            Credentials credentials,
            PersonaWatch personas,
            ActiveConfiguration configuration,
            StreamThreads streams,
            ContainerThreads threads) {
        SessionWatch watch = new SessionWatch(sessions, credentials, personas, configuration, ELAPSED);
        return new WatchSchedule(threads::thread, streams, watch);
    }

    @Produces
    @Singleton
    static PersonaWatch personaWatch(ActivePersonas personas, ToolGateway gateway) {
        return new PersonaWatch(personas, new GatewayTools(gateway));
    }

    @Produces
    @Singleton
    static Shutdown shutdown(McpSessions sessions, CallRunner calls) {
        return new Shutdown(sessions, calls, AwaitedBodies.ofTheApplication(), AT_THE_END);
    }
}
