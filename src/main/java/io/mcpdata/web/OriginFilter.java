package io.mcpdata.web;

import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Refuses requests of foreign pages, and of pages whose name was rebound to this server. Thread-safe. */
public final class OriginFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        // not every server injects into filters
        Optional<String> refusal =
                CDI.current().select(OriginPolicy.class).get().refusal(http);
        if (refusal.isPresent()) {
            refuse(http, (HttpServletResponse) response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, String detail)
            throws IOException {
        byte[] body = new ProblemDetail(403, "Forbidden", detail, RequestId.of(request))
                .toJson()
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(403);
        response.setContentType(ProblemDetail.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
