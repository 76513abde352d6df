package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What is looked at before anybody asks who sent a request: from which page it comes and under which name it reached
 * us. Servers ask for credentials before they call filters, so the authentication mechanism stands at this door too; the
 * room {@code web} has it. Implementations are thread-safe.
 */
@FunctionalInterface
public interface PreAuthenticationCheck {

    /**
     * Sets the headers that the page in question needs to read whatever the answer will be, and answers what goes no
     * further: what comes from elsewhere, and a browser's question what a page may send. May be called again in the
     * same request.
     *
     * @return whether the response is complete
     */
    boolean answers(HttpServletRequest request, HttpServletResponse response);
}
