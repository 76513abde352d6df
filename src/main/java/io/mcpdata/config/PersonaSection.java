package io.mcpdata.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Section {@code personas}, and the built-in persona that the specification's examples count on. */
final class PersonaSection {

    /** The names {@code @RolesAllowed} may carry; a test holds this list and the permissions' own together. */
    static final Set<String> PERMISSIONS =
            Set.of("mcp:connect", "events:read", "audit:read", "keys:manage", "personas:read", "platform:admin");

    private static final PersonaConfig ADMIN = new PersonaConfig(
            "admin",
            "Administrator",
            "Everything",
            List.of("admin"),
            100,
            Set.of("platform:admin"),
            GlobRules.ALLOW_ALL,
            GlobRules.ALLOW_ALL);

    private final Map<String, String> taken = new HashMap<>();

    List<PersonaConfig> read(Section section) {
        List<PersonaConfig> personas = new ArrayList<>();
        for (String name : section.keys()) {
            personas.add(persona(section, name));
        }
        if (personas.stream().noneMatch(persona -> persona.name().equals(ADMIN.name()))) {
            personas.add(ADMIN);
        }
        return personas;
    }

    private PersonaConfig persona(Section personas, String name) {
        Section section = personas.section(name)
                .only("display_name", "description", "roles", "priority", "permissions", "tools", "connections");
        List<String> roles = section.list("roles", "a role", role -> role);
        if (roles.isEmpty()) {
            personas.error(name, "no roles", "roles: a list of the roles that lead to this persona");
        }
        int priority = section.number("priority", 0, -1_000_000, 1_000_000);
        for (String role : roles) {
            String other = taken.putIfAbsent(priority + " " + role, name);
            if (other != null && !other.equals(name)) {
                section.error(
                        "roles",
                        "the role " + role + " at the same priority as in persona " + other,
                        "different priorities: one of the two could never be chosen");
            }
        }
        List<String> permissions = section.list("permissions", "one of " + String.join(", ", PERMISSIONS), text -> {
            if (!PERMISSIONS.contains(text)) {
                throw new IllegalArgumentException("unknown");
            }
            return text;
        });
        GlobRules tools = rules(section.section("tools"));
        GlobRules connections = rules(section.section("connections"));
        if (tools.allow().isEmpty() && !section.has("permissions")) {
            personas.error(name, "a persona that grants nothing", "tools: {allow: [...]}, or permissions");
        }
        return new PersonaConfig(
                name,
                section.text("display_name").orElse(name),
                section.text("description").orElse(""),
                roles,
                priority,
                section.has("permissions") ? Set.copyOf(permissions) : Set.of("mcp:connect"),
                tools,
                connections);
    }

    private static GlobRules rules(Section section) {
        section.only("allow", "deny");
        String expected = "a glob of letters, digits and _ . : / - with * and ?";
        return new GlobRules(section.list("allow", expected, Glob::parse), section.list("deny", expected, Glob::parse));
    }
}
