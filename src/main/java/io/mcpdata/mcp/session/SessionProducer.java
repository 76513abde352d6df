package io.mcpdata.mcp.session;

import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.authentication.CredentialRecheck;
import io.mcpdata.background.ContainerThreads;
import io.mcpdata.background.ElapsedClock;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.gateway.FeatureGateway;
import io.mcpdata.mcp.stream.OutboundBudget;
import io.mcpdata.mcp.stream.StreamThreads;
import io.mcpdata.metrics.Metrics;
import io.mcpdata.persona.ActivePersonas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Assembles the plain classes of this package. */
@Dependent
class SessionProducer {

    private static final Clock CLOCK = Clock.systemUTC();

    @Produces
    @Singleton
    static McpSessions sessions(Metrics metrics) {
        McpSessions sessions = new McpSessions();
        metrics.gauges("mcp_sessions", "Open sessions and streams by kind", "kind", sessions::byKind);
        return sessions;
    }

    static void measure(
            @Observes @Initialized(ApplicationScoped.class) Object application,
            Metrics metrics,
            StreamThreads threads,
            OutboundBudget budget) {
        metrics.gauge("mcp_stream_writes_waiting", "Writes to streams that wait for a thread", threads::waiting);
        metrics.gauge(
                "mcp_stream_characters_waiting",
                "Characters of events that streams have taken and not yet sent",
                budget::waiting);
    }

    @Produces
    @Singleton
    static ServerName serverName(ActiveConfiguration configuration) {
        return new ServerName(configuration);
    }

    @Produces
    @Singleton
    static SessionIds sessionIds(ActiveConfiguration configuration, ServerName server) {
        return new SessionIds(
                () -> SessionKey.sealIn(configuration.config().server().dataDirectory()), server, CLOCK);
    }

    @Produces
    @Singleton
    static Credentials credentials(Instance<CredentialRecheck> rechecks) {
        return new Credentials(rechecks.stream().toList(), CLOCK);
    }

    @Produces
    @Singleton
    static OpenResponses openResponses() {
        return new OpenResponses();
    }

    @Produces
    @Singleton
    static SessionOpening sessionOpening(McpSessions sessions, StreamAudit audit, PersonaWatch personas) {
        return new SessionOpening(sessions, audit, personas);
    }

    @Produces
    @Singleton
    static StreamAudit streamAudit(AuditLog audit, RefusalRows refusals) {
        return new StreamAudit(audit, refusals, CLOCK);
    }

    @Produces
    @Singleton
    static WatchSchedule watchSchedule(
            McpSessions sessions,
            OpenResponses responses,
            Credentials credentials,
            PersonaWatch personas,
            ActiveConfiguration configuration,
            StreamThreads streams,
            ContainerThreads threads) {
        SessionWatch watch =
                new SessionWatch(sessions, responses, credentials, personas, configuration, new ElapsedClock());
        return new WatchSchedule(threads::thread, streams, watch);
    }

    @Produces
    @Singleton
    static PersonaWatch personaWatch(ActivePersonas personas, FeatureGateway gateway) {
        return new PersonaWatch(personas, gateway);
    }
}
