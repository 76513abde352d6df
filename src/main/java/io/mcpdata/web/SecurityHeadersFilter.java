package io.mcpdata.web;

import io.mcpdata.http.HardeningHeaders;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sets the hardening headers on every answer. Thread-safe. */
public final class SecurityHeadersFilter implements Filter {

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HardeningHeaders.set((HttpServletResponse) response);
        chain.doFilter(request, response);
    }
}
