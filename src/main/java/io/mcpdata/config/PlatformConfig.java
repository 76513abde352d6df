package io.mcpdata.config;

import java.util.List;

/**
 * {@code platform.yaml}, validated: everything the platform knows about how it should behave. Immutable.
 *
 * @param personas in the order of the file, the built-in {@code admin} last unless the file overrides it
 */
public record PlatformConfig(
        ServerConfig server,
        ApiKeysConfig apiKeys,
        OidcConfig oidc,
        List<PersonaConfig> personas,
        List<ConnectionConfig> connections,
        AuditConfig audit,
        LimitsConfig limits) {

    public PlatformConfig {
        personas = List.copyOf(personas);
        connections = List.copyOf(connections);
    }

    /** The same without single sign-on. */
    public PlatformConfig(
            ServerConfig server,
            ApiKeysConfig apiKeys,
            List<PersonaConfig> personas,
            List<ConnectionConfig> connections,
            AuditConfig audit,
            LimitsConfig limits) {
        this(server, apiKeys, OidcConfig.OFF, personas, connections, audit, limits);
    }

    /** What is in force while no valid configuration was ever loaded: nobody can come in, nothing can be called. */
    public static PlatformConfig denyAll() {
        return new PlatformConfig(
                ServerConfig.DEFAULT,
                ApiKeysConfig.NONE,
                List.of(),
                List.of(),
                AuditConfig.DEFAULT,
                LimitsConfig.DEFAULT);
    }
}
