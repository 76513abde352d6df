package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * A response that leads to no error page once the rest of the request's body does not come: Payara would try to send the
 * page to a client that has left, and write a stack trace about that.
 */
final class CutBodyResponse extends HttpServletResponseWrapper {

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
