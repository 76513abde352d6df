package io.mcpdata.mcp.session;

import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.mcp.session.McpSession.Kind;
import io.mcpdata.mcp.session.OpenResponses.OpenResponse;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.persona.AuthorizedCaller;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks every open stream once a second: closes it if its credential or its persona has ended, or if its client is
 * gone, too slow or idle, and sends a heartbeat on a silent one. Only queues events and closes, so it never blocks.
 */
public final class SessionWatch {

    private static final Logger LOG = System.getLogger(SessionWatch.class.getName());

    /** How long one write may wait for a client; servers have limits of their own, but not all of them by default. */
    private static final Duration WRITE_PATIENCE = Duration.ofSeconds(30);

    private final McpSessions sessions;
    private final OpenResponses responses;
    private final Credentials credentials;
    private final PersonaWatch personas;
    private final ActiveConfiguration configuration;
    private final Clock clock;

    public SessionWatch(
            McpSessions sessions,
            OpenResponses responses,
            Credentials credentials,
            PersonaWatch personas,
            ActiveConfiguration configuration,
            Clock clock) {
        this.sessions = sessions;
        this.responses = responses;
        this.credentials = credentials;
        this.personas = personas;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** Checks every session once. Throws nothing: a periodic task that throws is never run again. */
    public void look() {
        try {
            LimitsConfig limits = configuration.config().limits();
            for (McpSession session : sessions.all()) {
                lookAt(session, limits);
            }
            responses.all().forEach(this::lookAt);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the open streams could not be checked; the next second tries again", e);
        }
    }

    private void lookAt(McpSession session, LimitsConfig limits) {
        Optional<CloseReason> end;
        try {
            end = reasonToClose(session, limits);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a stream is closed because its credential could not be checked", e);
            end = Optional.of(CloseReason.FAILED);
        }
        end.ifPresentOrElse(session.stream()::close, () -> keepAlive(session, limits));
    }

    /** Neither a call nor a stream may outlive the credential of its own HTTP request. */
    private void lookAt(OpenResponse response) {
        Optional<CloseReason> end;
        try {
            AuthorizedCaller caller = response.requester().caller();
            end = endOfCredential(caller.caller(), response.requester().origin().clientAddress());
            if (end.isEmpty() && !personas.mayConnect(caller)) {
                end = Optional.of(CloseReason.PERSONA_LOST);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a response is ended because its credential could not be checked", e);
            end = Optional.of(CloseReason.FAILED);
        }
        end.ifPresent(reason -> OpenResponses.abort(response, reason));
    }

    private Optional<CloseReason> endOfCredential(PlatformCaller caller, String clientAddress) {
        if (credentials.areExpired(caller)) {
            return Optional.of(CloseReason.CREDENTIAL_EXPIRED);
        }
        // the key may be limited to other networks since the stream opened
        return credentials.areValidFrom(caller, clientAddress)
                ? Optional.empty()
                : Optional.of(CloseReason.CREDENTIAL_REVOKED);
    }

    private Optional<CloseReason> reasonToClose(McpSession session, LimitsConfig limits) {
        if (session.stream().isLost()) {
            return Optional.of(CloseReason.CLIENT_GONE);
        }
        Optional<CloseReason> credential =
                endOfCredential(session.caller().caller(), session.origin().clientAddress());
        // a session of /mcp is no credential: each request presents a fresh one, and its streams are checked apart
        boolean survives = session.kind() == Kind.STREAMABLE
                && credential.filter(CloseReason.CREDENTIAL_EXPIRED::equals).isPresent();
        if (credential.isPresent() && !survives) {
            return credential;
        }
        if (!personas.follow(session)) {
            return Optional.of(CloseReason.PERSONA_LOST);
        }
        if (session.stream().isStuckFor(WRITE_PATIENCE)) {
            return Optional.of(CloseReason.SLOW_READER);
        }
        boolean idle = session.calls().isEmpty()
                && !session.stream().isWanted()
                && isPast(session.lastRequest(), limits.sessionIdle());
        return idle ? Optional.of(CloseReason.IDLE) : Optional.empty();
    }

    private void keepAlive(McpSession session, LimitsConfig limits) {
        // send now if the next check, which can be late, would exceed the heartbeat interval
        Duration silence = limits.heartbeat().minus(WatchSchedule.PAUSE.multipliedBy(2));
        if (isPast(session.stream().lastOffer(), silence)) {
            session.stream().sendHeartbeat();
        }
    }

    private boolean isPast(Instant since, Duration span) {
        return !since.plus(span).isAfter(clock.instant());
    }
}
