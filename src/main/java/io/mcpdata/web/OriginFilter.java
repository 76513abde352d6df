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

/** The {@link OriginCheck} in front of what needs no caller, where no authentication mechanism stands. Thread-safe. */
public final class OriginFilter implements Filter {

    private volatile @Nullable OriginCheck door;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!door().answers((HttpServletRequest) request, (HttpServletResponse) response)) {
            chain.doFilter(request, response);
        }
    }

    /** Not every server injects into filters; looked up once, since the look-up costs as much as the look itself. */
    private OriginCheck door() {
        OriginCheck known = door;
        if (known == null) {
            known = CDI.current().select(OriginCheck.class).get();
            door = known;
        }
        return known;
    }
}
