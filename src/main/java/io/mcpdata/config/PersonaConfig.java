package io.mcpdata.config;

import java.util.List;
import java.util.Set;

/**
 * One entry of {@code personas}.
 *
 * @param roles the roles that lead to this persona
 * @param priority the highest wins among the personas a caller's roles lead to; equal ones by order in the file
 * @param permissions what {@code @RolesAllowed} may name; {@code mcp:connect} by default
 */
public record PersonaConfig(
        String name,
        String displayName,
        String description,
        List<String> roles,
        int priority,
        Set<String> permissions,
        GlobRules tools,
        GlobRules connections) {

    public PersonaConfig {
        roles = List.copyOf(roles);
        permissions = Set.copyOf(permissions);
    }
}
