package io.mcpdata.config;

import java.util.List;
import java.util.Optional;

/**
 * {@code platform.yaml}, validated: the whole configuration of the platform. Immutable.
 *
 * @param personas in the order of the file, the built-in {@code admin} last unless the file overrides it
 * @param database empty for the embedded store
 */
public record PlatformConfig(
        ServerConfig server,
        @ConfigKey("auth.api_keys") ApiKeysConfig apiKeys,
        @ConfigKey("auth.oidc") OidcConfig oidc,
        @ConfigKey(told = false) List<PersonaConfig> personas,
        List<ConnectionConfig> connections,
        List<QueryConfig> queries,
        CatalogConfig catalog,
        List<PromptConfig> prompts,
        List<DocumentConfig> documents,
        List<SkillConfig> skills,
        AuditConfig audit,
        LimitsConfig limits,
        MetricsConfig metrics,

        @ConfigKey(fromNextStart = true) Optional<DatabaseConfig> database)
        implements ConfigRecord {

    public PlatformConfig {
        personas = List.copyOf(personas);
        connections = List.copyOf(connections);
        queries = List.copyOf(queries);
        prompts = List.copyOf(prompts);
        documents = List.copyOf(documents);
        skills = List.copyOf(skills);
    }

    /** The same without queries, catalog, prompts, documents, skills, metrics and database. */
    public PlatformConfig(
            ServerConfig server,
            ApiKeysConfig apiKeys,
            OidcConfig oidc,
            List<PersonaConfig> personas,
            List<ConnectionConfig> connections,
            AuditConfig audit,
            LimitsConfig limits) {
        this(
                server,
                apiKeys,
                oidc,
                personas,
                connections,
                List.of(),
                CatalogConfig.NONE,
                List.of(),
                List.of(),
                List.of(),
                audit,
                limits,
                MetricsConfig.DEFAULT,
                Optional.empty());
    }

    /** The same without queries, catalog, prompts, documents, skills, metrics, database and single sign-on. */
    public PlatformConfig(
            ServerConfig server,
            ApiKeysConfig apiKeys,
            List<PersonaConfig> personas,
            List<ConnectionConfig> connections,
            AuditConfig audit,
            LimitsConfig limits) {
        this(server, apiKeys, OidcConfig.OFF, personas, connections, audit, limits);
    }

    /** In force before the first valid configuration is loaded: no caller is authenticated and no call is allowed. */
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
