package io.mcpdata.authentication;

import jakarta.servlet.http.HttpServletRequest;

/** Whether a key or ticket in the query authenticated the request: such a client cannot send headers later either. */
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
