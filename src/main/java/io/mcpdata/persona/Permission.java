package io.mcpdata.persona;

import java.util.Set;

/** The names that {@code @RolesAllowed} may have. {@code web.xml} declares every one; a test compares both lists. */
public final class Permission {

    public static final String MCP_CONNECT = "mcp:connect";
    public static final String EVENTS_READ = "events:read";
    public static final String AUDIT_READ = "audit:read";
    public static final String KEYS_MANAGE = "keys:manage";
    public static final String PERSONAS_READ = "personas:read";
    public static final String METRICS_READ = "metrics:read";
    /** Implies all the others. */
    public static final String PLATFORM_ADMIN = "platform:admin";

    public static final Set<String> ALL =
            Set.of(MCP_CONNECT, EVENTS_READ, AUDIT_READ, KEYS_MANAGE, PERSONAS_READ, METRICS_READ, PLATFORM_ADMIN);

    private Permission() {}
}
