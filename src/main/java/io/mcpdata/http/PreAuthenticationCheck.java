package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Checks a request before its caller is authenticated: the page it comes from, and the host name it was sent to.
 * Servers authenticate before they call filters, so the authentication mechanism runs this check too. The package
 * {@code web} implements it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface PreAuthenticationCheck {

    /**
     * Sets the headers that the requesting page needs to read any answer. Answers requests that are not allowed, and
     * preflight requests. May be called again in the same request.
     *
     * @return whether the response is complete
     */
    boolean answers(HttpServletRequest request, HttpServletResponse response);
}
