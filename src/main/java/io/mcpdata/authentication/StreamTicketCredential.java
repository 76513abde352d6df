package io.mcpdata.authentication;

import io.mcpdata.config.KeyDigest;

/** A one-time ticket for an event stream, as presented. */
public final class StreamTicketCredential extends PresentedCredential {

    private final String page;

    /**
     * @param page the {@code Origin} of the request, empty if it has none
     * @param clientAddress where the request came from
     */
    public StreamTicketCredential(KeyDigest ticket, String page, String clientAddress) {
        super(ticket, clientAddress, "ticket_unknown");
        this.page = page;
    }

    public String page() {
        return page;
    }

    @Override
    boolean isFromQuery() {
        return true;
    }
}
