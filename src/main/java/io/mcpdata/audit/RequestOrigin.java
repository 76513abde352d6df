package io.mcpdata.audit;

/**
 * Where a request came from, for its audit rows.
 *
 * @param clientAddress the client's address, behind trusted proxies the one they report
 * @param userAgent empty if the client gave none
 */
public record RequestOrigin(String requestId, String clientAddress, String userAgent) {

    private static final int LONGEST_AGENT = 256;

    public RequestOrigin {
        userAgent = userAgent.length() > LONGEST_AGENT ? userAgent.substring(0, LONGEST_AGENT) : userAgent;
    }
}
