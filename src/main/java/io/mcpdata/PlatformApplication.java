package io.mcpdata;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The JAX-RS application: every endpoint and provider of the WAR is discovered. */
@ApplicationPath("/")
public class PlatformApplication extends Application {

    /**
     * For Jersey: it would describe every endpoint at an address of its own, which declares no access; and it would hold
     * back the first 8 KB of an event stream that is written by a {@code StreamingOutput}.
     */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true, "jersey.config.server.contentLength.buffer", 0);
    }
}
