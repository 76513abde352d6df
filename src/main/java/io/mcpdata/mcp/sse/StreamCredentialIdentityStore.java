package io.mcpdata.mcp.sse;

import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.PresentedCredential;
import io.mcpdata.authentication.PresentedCredential.Verdict;
import io.mcpdata.authentication.SessionTokenCredential;
import io.mcpdata.authentication.StreamTicketCredential;
import io.mcpdata.mcp.session.Credentials;
import io.mcpdata.mcp.session.McpSessions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/**
 * Validates what replaces another credential on event streams: one-time tickets, and the tokens of sessions whose
 * streams were opened with a key in the query. The caller is the one who got the ticket or opened the stream, as long as
 * that caller's own credential is valid from where the request comes. A ticket that was presented is used, even if it is
 * refused. Provides no groups. Thread-safe.
 */
@ApplicationScoped
public class StreamCredentialIdentityStore implements IdentityStore {

    private static final int BEFORE_KEYS = 50;

    private final McpSessions sessions;
    private final StreamTickets tickets;
    private final Credentials credentials;

    @Inject
    StreamCredentialIdentityStore(McpSessions sessions, StreamTickets tickets, Credentials credentials) {
        this.sessions = sessions;
        this.tickets = tickets;
        this.credentials = credentials;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    StreamCredentialIdentityStore() {
        this(null, null, null);
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (credential instanceof SessionTokenCredential token) {
            return judged(token, opener(token), "unknown_session_token");
        }
        if (credential instanceof StreamTicketCredential ticket) {
            return judged(ticket, holder(ticket), "ticket_credential_ended");
        }
        return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }

    private Optional<PlatformCaller> opener(SessionTokenCredential presented) {
        return sessions.find(presented.sessionId())
                .filter(session -> session.hasToken(presented.digest()))
                .map(session -> session.caller().caller());
    }

    private Optional<PlatformCaller> holder(StreamTicketCredential presented) {
        Optional<StreamTickets.Ticket> taken = tickets.take(presented.digest());
        if (taken.filter(tickets::isOver).isPresent()) {
            presented.refuse(Verdict.INVALID, "ticket_expired");
            return Optional.empty();
        }
        if (taken.filter(ticket -> !ticket.isFor(presented.page())).isPresent()) {
            presented.refuse(Verdict.INVALID, "ticket_of_another_origin");
            return Optional.empty();
        }
        return taken.map(StreamTickets.Ticket::caller);
    }

    private CredentialValidationResult judged(
            PresentedCredential presented, Optional<PlatformCaller> caller, String ifEnded) {
        if (caller.isEmpty()) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        if (!credentials.areValidFrom(caller.get(), presented.clientAddress())) {
            presented.refuse(Verdict.INVALID, ifEnded);
            return CredentialValidationResult.INVALID_RESULT;
        }
        if (!credentials.mayCall(caller.get())) {
            presented.refuse(Verdict.UNDECIDED, "key_store_unavailable");
            return CredentialValidationResult.INVALID_RESULT;
        }
        return new CredentialValidationResult(null, caller.get(), null, null, Set.of());
    }

    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.VALIDATE);
    }

    @Override
    public int priority() {
        return BEFORE_KEYS;
    }
}
