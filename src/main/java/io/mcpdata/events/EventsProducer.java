package io.mcpdata.events;

import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.background.ElapsedClock;
import io.mcpdata.mcp.lifecycle.Shutdown;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.session.WatchSchedule;
import io.mcpdata.mcp.stream.StreamThreads;
import io.mcpdata.persona.CallerLimits;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Assembles the plain classes of this package. */
@Dependent
class EventsProducer {

    @Produces
    @Singleton
    static EventStreams eventStreams(
            EventThreads reading,
            AuditReader reader,
            SessionOpening opening,
            StreamAudit audit,
            CallerLimits limits,
            WatchSchedule watch,
            Shutdown shutdown,
            StreamThreads threads) {
        return new EventStreams(
                reading.tail(), reader, opening, audit, limits, watch, shutdown, threads, new ElapsedClock());
    }
}
