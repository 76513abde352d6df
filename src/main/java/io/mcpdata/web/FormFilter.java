package io.mcpdata.web;

import io.mcpdata.http.ProblemDetail;
import io.mcpdata.http.RequestId;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Refuses forms with 415, because no endpoint takes one. On Payara, JAX-RS reads a form before the application can
 * limit how many bodies are awaited, so unauthenticated clients could block every server thread. Thread-safe.
 */
public final class FormFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isForm(request.getContentType())) {
            HttpServletRequest refused = (HttpServletRequest) request;
            ProblemDetail.of(415, "Send application/json in UTF-8; forms are not taken.", RequestId.of(refused))
                    .complete(refused, (HttpServletResponse) response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isForm(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.strip().toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/");
    }
}
