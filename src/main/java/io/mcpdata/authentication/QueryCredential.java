package io.mcpdata.authentication;

import jakarta.servlet.http.HttpServletRequest;

/** Whether a request was authenticated by a key or ticket in its query: such a client cannot send headers later either. */
public final class QueryCredential {

    private static final String ATTRIBUTE = "io.mcpdata.queryCredential";

    private QueryCredential() {}

    public static boolean usedIn(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(ATTRIBUTE));
    }

    static void mark(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, Boolean.TRUE);
    }
}
