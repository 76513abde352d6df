package io.mcpdata.mcp.lifecycle;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServlet;
import org.jspecify.annotations.Nullable;

/**
 * Begins the shutdown when a running server destroys the application's servlets; serves no request. Payara destroys the
 * servlets that carry the streams, and so their calls, before it tells the application that it ends. It follows the
 * order of the descriptor, where this servlet is the first.
 */
public final class ShutdownServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private transient @Nullable Shutdown shutdown;

    /** Looked up now: not every server injects into servlets, and a look-up in {@code destroy} would be too late. */
    @Override
    public void init() {
        shutdown = CDI.current().select(Shutdown.class).get();
    }

    @Override
    public void destroy() {
        Shutdown known = shutdown;
        // WildFly can keep the servlet object longer than the application
        shutdown = null;
        if (known != null) {
            known.begin();
        }
    }
}
