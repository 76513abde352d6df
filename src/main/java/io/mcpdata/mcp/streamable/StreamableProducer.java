package io.mcpdata.mcp.streamable;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcpdata.background.CallerCounts;
import io.mcpdata.background.ElapsedClock;
import io.mcpdata.mcp.server.McpServer;
import io.mcpdata.mcp.server.MessageReader;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.mcp.session.SessionIds;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.AnswerThreads;
import io.mcpdata.mcp.stream.OutboundBudget;
import io.mcpdata.mcp.stream.StreamThreads;
import io.mcpdata.persona.CallerLimits;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Assembles the plain classes of this package. */
@Dependent
class StreamableProducer {

    private static final Clock ELAPSED = new ElapsedClock();

    /** A call that takes longer costs enough for the hand-over to another thread not to matter. */
    private static final Duration AT_ONCE = Duration.ofMillis(20);

    /** Each holds a thread of the server; WildFly with the files of server-config has 128, Payara Micro 200. */
    private static final int MOST_WAITING = 16;

    @Produces
    @Singleton
    static StreamableSessions streamableSessions(
            CallerLimits limits, McpSessions sessions, SessionIds ids, SessionOpening opening, StreamAudit audit) {
        ReplayStore store = new ReplayStore(ReplayStore.CHARACTERS, Ticker.systemTicker());
        return new StreamableSessions(limits, sessions, new RestorableSessions(ids), opening, audit, store, ELAPSED);
    }

    @Produces
    @Singleton
    static McpPosts mcpPosts(
            MessageReader messages,
            StreamableSessions sessions,
            McpServer server,
            OpenResponses responses,
            CallerLimits limits,
            StreamThreads threads,
            AnswerThreads answers) {
        PostAnswer.Writers writers =
                new PostAnswer.Writers(answers, new CallerCounts(), new Semaphore(MOST_WAITING), AT_ONCE);
        return new McpPosts(messages, sessions, server, responses, limits, threads, writers);
    }

    @Produces
    @Singleton
    static McpStreams mcpStreams(
            StreamableSessions sessions,
            SessionOpening opening,
            OpenResponses responses,
            MessageReader messages,
            CallerLimits limits,
            StreamAudit audit,
            StreamThreads threads,
            OutboundBudget budget) {
        return new McpStreams(sessions, opening, responses, messages, limits, audit, threads, budget, ELAPSED);
    }
}
