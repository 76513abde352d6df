package io.mcpdata.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Section {@code personas}, and the built-in persona that the specification's examples use. */
final class PersonaSection {

    /** The names that {@code @RolesAllowed} may have; a test compares this list with the permissions themselves. */
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

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Glob EVERYTHING = Glob.parse("*");

    private final Map<String, String> taken = new HashMap<>();

    List<PersonaConfig> read(Section section) {
        List<PersonaConfig> personas = new ArrayList<>();
        for (String name : section.keys()) {
            if (!NAME.matcher(name).matches()) {
                section.error(name, "a name that cannot be used", "1 to 64 letters, digits and _ . -");
            }
            personas.add(persona(section, name));
        }
        // a persona of the file with the role admin replaces the built-in one, even with a lower priority or fewer
        // rights
        if (personas.stream().noneMatch(PersonaSection::takesTheBuiltInsPlace)) {
            personas.add(ADMIN);
        }
        return personas;
    }

    private static boolean takesTheBuiltInsPlace(PersonaConfig persona) {
        return persona.name().equals(ADMIN.name()) || !Collections.disjoint(persona.roles(), ADMIN.roles());
    }

    private PersonaConfig persona(Section personas, String name) {
        Section section = personas.section(name)
                .only("display_name", "description", "roles", "priority", "permissions", "tools", "connections");
        List<String> roles = section.list("roles", RoleName.EXPECTED, RoleName::check);
        if (roles.isEmpty() && !section.hasItems("roles")) {
            personas.error(name, "no roles", "roles: a list of the roles that lead to this persona");
        }
        int priority = ConfigComponent.number(PersonaConfig.class, "priority", section);
        for (String role : roles) {
            String other = taken.putIfAbsent(priority + " " + role, name);
            if (other != null && !other.equals(name)) {
                section.error(
                        "roles",
                        "the role " + FoundText.printable(role) + " at the same priority as in persona " + other,
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
        if (grantsNothing(section, permissions, tools)) {
            personas.error(name, "a persona that grants nothing", "tools: {allow: [...]}, or permissions");
        } else if (deniesAll(connections) && !deniesAll(tools)) {
            personas.warning(
                    name,
                    "tools, but no connection they could use",
                    "connections: {allow: [\"*\"]}, or the names of those this persona may use");
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

    private static boolean grantsNothing(Section section, List<String> permissions, GlobRules tools) {
        boolean malformed = section.hasItems("permissions")
                || tools.allow().isEmpty() && section.section("tools").hasItems("allow");
        return !malformed && permissions.isEmpty() && (section.has("permissions") || deniesAll(tools));
    }

    private static boolean deniesAll(GlobRules rules) {
        return rules.allow().isEmpty() || rules.deny().contains(EVERYTHING);
    }

    private static GlobRules rules(Section section) {
        section.only("allow", "deny");
        String expected = "a glob of letters, digits and _ . : / - with * and ?";
        return new GlobRules(section.list("allow", expected, Glob::parse), section.list("deny", expected, Glob::parse));
    }
}
