package io.mcpdata.mcp.lifecycle;

import io.mcpdata.http.RequestBodyLimits;
import io.mcpdata.mcp.server.CallRunner;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.OpenResponses;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Assembles the plain classes of this package. */
@Dependent
class ShutdownProducer {

    // The steps and the stop of the slowest server together must stay well under 30 seconds. Calls get longer than Open
    // Liberty's read timeout, because only that timeout ends the wait for a half-sent message there.
    private static final Shutdown.Patience AT_THE_END =
            new Shutdown.Patience(Duration.ofSeconds(16), Duration.ofSeconds(2), Duration.ofSeconds(3));

    @Produces
    @Singleton
    static Shutdown shutdown(McpSessions sessions, OpenResponses responses, CallRunner calls) {
        return new Shutdown(sessions, responses, calls, RequestBodyLimits.ofTheApplication(), AT_THE_END);
    }
}
