package io.mcpdata.web;

import io.mcpdata.http.Disconnects;
import io.mcpdata.http.HardeningHeaders;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What the server itself refuses or fails at: a problem document instead of the server's own page. Thread-safe. */
public final class ProblemPage extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int NOT_FOUND = 404;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            // Liberty comes here even when the authentication mechanism has answered already
            return;
        }
        // no status: somebody asked for this page itself
        int status =
                request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : NOT_FOUND;
        byte[] body =
                ProblemDetail.ofStatus(status, RequestId.of(request)).toJson().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        HardeningHeaders.set(response);
        CDI.current().select(OriginCheck.class).get().allow(request, response);
        response.setContentType(ProblemDetail.MEDIA_TYPE);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException clientHasLeft) {
            // thrown on, it would be a stack trace of the server's for the page and another for what led to it
            Disconnects.count();
        }
    }
}
