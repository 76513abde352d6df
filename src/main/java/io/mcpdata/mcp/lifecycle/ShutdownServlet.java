package io.mcpdata.mcp.lifecycle;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServlet;
import org.jspecify.annotations.Nullable;

/**
 * Ends the room when a running server begins to end the application's servlets, and serves nothing. Payara ends those
 * that carry the streams, and with them the calls, before it tells the application of its end; in the order of the
 * descriptor, where this one is the first.
 */
public final class ShutdownServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private transient @Nullable Shutdown shutdown;

    /** Not every server injects into servlets, and at the end it would be too late to look one up. */
    @Override
    public void init() {
        shutdown = CDI.current().select(Shutdown.class).get();
    }

    @Override
    public void destroy() {
        Shutdown known = shutdown;
        // WildFly can keep the servlet for longer than the application
        shutdown = null;
        if (known != null) {
            known.begin();
        }
    }
}
