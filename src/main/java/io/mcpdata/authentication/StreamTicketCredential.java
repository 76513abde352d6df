package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;
import jakarta.security.enterprise.credential.Credential;

/**
 * A one-time ticket as presented, already digested. The store that refuses it records the reason for the audit row.
 * Lives within one request and one thread.
 */
public final class StreamTicketCredential implements Credential {

    private final KeyDigest ticket;
    private final String page;
    private final String clientAddress;
    private String refusal = "ticket_unknown";
    private boolean undecided;

    /**
     * @param page the {@code Origin} of the request, empty if it has none
     * @param clientAddress the request's address
     */
    public StreamTicketCredential(KeyDigest ticket, String page, String clientAddress) {
        this.ticket = ticket;
        this.page = page;
        this.clientAddress = clientAddress;
    }

    public KeyDigest ticket() {
        return ticket;
    }

    public String page() {
        return page;
    }

    public String clientAddress() {
        return clientAddress;
    }

    /** Records why the ticket is refused, in one word. */
    public void refuse(String category) {
        this.refusal = category;
    }

    /** Records that the credential behind the ticket cannot be checked now. */
    public void leaveUndecided() {
        this.undecided = true;
    }

    boolean isUndecided() {
        return undecided;
    }

    String refusal() {
        return refusal;
    }
}
