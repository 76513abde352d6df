package io.mcpdata.mcp.sse;

import io.mcpdata.authentication.StreamTicketCredential;
import io.mcpdata.mcp.session.Credentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Optional;
import java.util.Set;

/**
 * Validates one-time tickets: the caller is the one who asked for the ticket, as long as that caller's own credential
 * is good. A presented ticket is used up, even if it is refused. Provides no groups. Thread-safe.
 */
@ApplicationScoped
public class StreamTicketIdentityStore implements IdentityStore {

    private static final int BEFORE_KEYS = 60;

    private final StreamTickets tickets;
    private final Credentials credentials;

    @Inject
    StreamTicketIdentityStore(StreamTickets tickets, Credentials credentials) {
        this.tickets = tickets;
        this.credentials = credentials;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    StreamTicketIdentityStore() {
        this(null, null);
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof StreamTicketCredential presented)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        Optional<StreamTickets.Ticket> taken = tickets.take(presented.ticket());
        if (taken.isEmpty()) {
            return CredentialValidationResult.INVALID_RESULT;
        }
        Optional<String> refusal = refusal(taken.get(), presented);
        if (refusal.isPresent()) {
            presented.refuse(refusal.get());
            return CredentialValidationResult.INVALID_RESULT;
        }
        if (!credentials.mayCall(taken.get().caller())) {
            presented.leaveUndecided();
            return CredentialValidationResult.INVALID_RESULT;
        }
        return new CredentialValidationResult(null, taken.get().caller(), null, null, Set.of());
    }

    private Optional<String> refusal(StreamTickets.Ticket ticket, StreamTicketCredential presented) {
        if (tickets.isOver(ticket)) {
            return Optional.of("ticket_expired");
        }
        if (!ticket.isFor(presented.page())) {
            return Optional.of("ticket_of_another_origin");
        }
        return credentials.areValidFrom(ticket.caller(), presented.clientAddress())
                ? Optional.empty()
                : Optional.of("ticket_credential_ended");
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
