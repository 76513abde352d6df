package io.mcpdata;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application: every endpoint and provider of the WAR is discovered. */
@ApplicationPath("/")
public class PlatformApplication extends Application {}
