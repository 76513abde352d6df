package io.mcpdata.mcp.sse;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.McpSession;
import io.mcpdata.mcp.session.RandomText;
import io.mcpdata.mcp.session.ServerName;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.EventSink;
import io.mcpdata.mcp.stream.OutboundBudget;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerLimits;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens streams of {@code /sse} with their sessions. Thread-safe. */
final class StreamOpening {

    private final ServerName server;
    private final SessionOpening opening;
    private final StreamAudit audit;
    private final CallerLimits limits;
    private final Executor executor;
    private final Clock clock;
    private final OutboundBudget budget;

    StreamOpening(
            ServerName server,
            SessionOpening opening,
            StreamAudit audit,
            CallerLimits limits,
            Executor executor,
            OutboundBudget budget,
            Clock clock) {
        this.server = server;
        this.opening = opening;
        this.audit = audit;
        this.limits = limits;
        this.executor = executor;
        this.clock = clock;
        this.budget = budget;
    }

    /**
     * What a caller asks for.
     *
     * @param messagesPath absolute path, as clients see it, where the client is to send its messages
     * @param withToken whether the client cannot present its credential there, so that the session needs a token
     */
    record Wish(Requester requester, String messagesPath, boolean withToken) {}

    /**
     * Opens a stream and sends its first event. False, and nothing is sent, if the caller holds as many streams as it
     * may.
     *
     * @throws AuditUnavailableException if the opening cannot be audited; nothing is sent then either
     */
    boolean open(Wish wish, EventSink sink) {
        String id = server.before(RandomText.sessionId());
        Optional<String> token = wish.withToken() ? Optional.of(RandomText.token()) : Optional.empty();
        AuthorizedCaller caller = wish.requester().caller();
        SseStream stream = new SseStream(
                sink,
                executor,
                clock,
                budget.of(caller.identity(), () -> limits.of(caller).callsPerCaller()),
                reason -> opening.ended(id, reason));
        McpSession session = new McpSession(id, token.map(KeyDigest::of), wish.requester(), stream, clock);
        if (!limits.mayOpen(caller) || !opening.open(session, limits.of(caller).streamsPerCaller())) {
            audit.tooManyStreams(wish.requester());
            return false;
        }
        stream.begin(StreamEvent.endpoint(wish.messagesPath() + "?sessionId=" + id
                + token.map(text -> "&token=" + text).orElse("")));
        return true;
    }
}
