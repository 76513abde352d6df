package io.mcpdata.web;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs the {@link OriginCheck} for addresses that need no caller and so no authentication mechanism. Thread-safe. */
public final class OriginFilter implements Filter {

    private volatile @Nullable OriginCheck check;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!check().answers((HttpServletRequest) request, (HttpServletResponse) response)) {
            chain.doFilter(request, response);
        }
    }

    /**
     * Looked up because not every server injects into filters; only once, because a look-up costs as much as the check.
     */
    private OriginCheck check() {
        OriginCheck known = check;
        if (known == null) {
            known = CDI.current().select(OriginCheck.class).get();
            check = known;
        }
        return known;
    }
}
