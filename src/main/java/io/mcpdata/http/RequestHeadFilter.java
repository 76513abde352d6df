package io.mcpdata.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Runs the {@link RequestHeadCheck} for addresses that need no caller and so no authentication mechanism. It is the
 * outermost filter, so it also keeps errors about disconnected clients out of the server's log. Thread-safe.
 */
public final class RequestHeadFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        if (RequestHeadCheck.answers(asked, (HttpServletResponse) response)) {
            return;
        }
        try {
            chain.doFilter(
                    request, mayBeCut(asked) ? new CutBodyResponse(asked, (HttpServletResponse) response) : response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!RequestBodyDrain.isCut(asked, e)) {
                throw e;
            }
            Disconnects.count();
        }
    }

    /** Not for an event stream, which has no body. */
    private static boolean mayBeCut(HttpServletRequest request) {
        return !request.getMethod().equals("GET");
    }

    /**
     * Leads to no error page once the rest of the request's body does not arrive. Payara would try to send the page to a
     * disconnected client and log a stack trace.
     */
    private static final class CutBodyResponse extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        CutBodyResponse(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void sendError(int status) throws IOException {
            if (RequestBodyDrain.isCut(request)) {
                setStatus(status);
            } else {
                super.sendError(status);
            }
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            if (RequestBodyDrain.isCut(request)) {
                setStatus(status);
            } else {
                super.sendError(status, message);
            }
        }
    }
}
