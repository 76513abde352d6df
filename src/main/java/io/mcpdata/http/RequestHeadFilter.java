package io.mcpdata.http;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The {@link RequestHeadCheck} in front of what needs no caller, where no authentication mechanism stands. The outermost
 * filter, so it also keeps from the server's log that a client which left before its answer could not be answered.
 * Thread-safe.
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
            if (!RequestBodyDrain.isCut(asked) || !isIo(e)) {
                throw e;
            }
            Disconnects.count();
        }
    }

    /** Not around an event stream, which has no body. */
    private static boolean mayBeCut(HttpServletRequest request) {
        return !request.getMethod().equals("GET");
    }

    private static boolean isIo(Throwable error) {
        return error instanceof IOException || error.getCause() != null && isIo(error.getCause());
    }
}
