package io.mcpdata;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The JAX-RS application: every endpoint and provider of the WAR is discovered. */
@ApplicationPath("/")
public class PlatformApplication extends Application {

    /** Without this property Jersey describes every endpoint at an address of its own, which declares no access. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
