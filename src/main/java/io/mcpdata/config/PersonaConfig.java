package io.mcpdata.config;

import java.util.List;
import java.util.Set;

/**
 * One entry of {@code personas}.
 *
 * @param roles the roles that lead to this persona
 * @param priority the highest wins among the personas that a caller's roles lead to; the first in the file wins among
 *     equal ones
 * @param permissions permissions for {@code @RolesAllowed}; {@code mcp:connect} by default
 * @param schemas rules over names of {@link DataName#schema} in a connection
 * @param tables rules over names of {@link DataName#table} in a connection
 * @param masks what callers get in place of the values of columns
 * @param filters which rows of tables exist for callers
 * @param resources rules over URIs
 * @param prompts rules over names of prompts
 * @param skills rules over names of skills; they decide on the files of skills too
 * @param sampleRows whether and of how many rows a description of a table shows values
 * @param limits of its callers, where they differ from those of the section {@code limits}
 */
public record PersonaConfig(
        @ConfigKey(told = false) String name,
        String displayName,
        String description,
        List<String> roles,

        @ConfigKey(
                about = "The highest wins among the personas a caller's roles lead to",
                standard = "0",
                least = -1_000_000,
                most = 1_000_000)
        int priority,

        Set<String> permissions,
        GlobRules tools,
        GlobRules connections,
        GlobRules schemas,
        GlobRules tables,
        List<MaskConfig> masks,
        List<RowFilterConfig> filters,
        GlobRules resources,
        GlobRules prompts,
        GlobRules skills,
        PersonaLimitsConfig limits,

        @ConfigKey(
                about = "How many rows of a table sql_describe_table may read for sample values; 0: none",
                standard = "0",
                most = 20)
        int sampleRows)
        implements ConfigEntry {

    public PersonaConfig {
        roles = List.copyOf(roles);
        permissions = Set.copyOf(permissions);
        masks = List.copyOf(masks);
        filters = List.copyOf(filters);
    }

    public RestrictionsConfig restrictions() {
        return new RestrictionsConfig(masks, filters);
    }

    /** A persona with the limits of the section {@code limits}, without rules over schemas and tables. */
    public PersonaConfig(
            String name,
            String displayName,
            String description,
            List<String> roles,
            int priority,
            Set<String> permissions,
            GlobRules tools,
            GlobRules connections,
            GlobRules resources,
            GlobRules prompts,
            GlobRules skills) {
        this(
                name,
                displayName,
                description,
                roles,
                priority,
                permissions,
                tools,
                connections,
                GlobRules.ALLOW_ALL,
                GlobRules.ALLOW_ALL,
                List.of(),
                List.of(),
                resources,
                prompts,
                skills,
                PersonaLimitsConfig.NONE,
                0);
    }

    /** The same without resources, prompts and skills. */
    public PersonaConfig(
            String name,
            String displayName,
            String description,
            List<String> roles,
            int priority,
            Set<String> permissions,
            GlobRules tools,
            GlobRules connections) {
        this(
                name,
                displayName,
                description,
                roles,
                priority,
                permissions,
                tools,
                connections,
                GlobRules.DENY_ALL,
                GlobRules.DENY_ALL,
                GlobRules.DENY_ALL);
    }

    @Override
    public String label() {
        return "persona " + name;
    }
}
