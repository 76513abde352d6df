package io.mcpdata.http;

import io.mcpdata.audit.RequestOrigin;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The id of a request: in its answer, in the log and in its audit rows. The platform creates it and never takes it from
 * the client.
 */
public final class RequestId {

    private static final String ATTRIBUTE = "io.mcpdata.requestId";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 9;

    private RequestId() {}

    /** The request's id, the same for every call within one request. */
    public static String of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof String id) {
            return id;
        }
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** The id, and the one of the trace if there is one, for a line of the log. */
    public static String inLog(HttpServletRequest request) {
        return new RequestOrigin(of(request), "", "", RequestTrace.of(request)).inLog();
    }
}
