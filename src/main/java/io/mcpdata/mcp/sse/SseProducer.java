package io.mcpdata.mcp.sse;

import io.mcpdata.background.ElapsedClock;
import io.mcpdata.mcp.server.McpServer;
import io.mcpdata.mcp.server.MessageReader;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.ServerName;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.OutboundBudget;
import io.mcpdata.mcp.stream.StreamThreads;
import io.mcpdata.persona.CallerLimits;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Assembles the plain classes of this package. */
@Dependent
class SseProducer {

    private static final Clock ELAPSED = new ElapsedClock();

    @Produces
    @Singleton
    static StreamTickets streamTickets(ServerName server) {
        return new StreamTickets(server, ELAPSED);
    }

    @Produces
    @Singleton
    static StreamOpening streamOpening(
            ServerName server,
            SessionOpening opening,
            StreamAudit audit,
            CallerLimits limits,
            StreamThreads threads,
            OutboundBudget budget) {
        return new StreamOpening(server, opening, audit, limits, threads, budget, ELAPSED);
    }

    @Produces
    @Singleton
    static MessageIntake messageIntake(
            McpSessions sessions, McpServer server, MessageReader messages, StreamAudit audit) {
        return new MessageIntake(sessions, server, messages, audit);
    }
}
