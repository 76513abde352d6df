package io.mcpdata.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Section {@code personas}, and the built-in persona that the specification's examples use. */
final class PersonaSection {

    /** The names that {@code @RolesAllowed} may have; a test compares this list with the permissions themselves. */
    static final Set<String> PERMISSIONS = Set.of(
            "mcp:connect",
            "events:read",
            "audit:read",
            "keys:manage",
            "personas:read",
            "metrics:read",
            "platform:admin");

    private static final PersonaConfig ADMIN = new PersonaConfig(
            "admin",
            "Administrator",
            "Everything",
            List.of("admin"),
            100,
            Set.of("platform:admin"),
            GlobRules.ALLOW_ALL,
            GlobRules.ALLOW_ALL,
            GlobRules.ALLOW_ALL,
            GlobRules.ALLOW_ALL,
            GlobRules.ALLOW_ALL);

    private static final Glob EVERYTHING = Glob.parse("*");

    private final Map<String, String> taken = new HashMap<>();

    private final Set<String> connections;

    /** @param connections the names of all connections */
    PersonaSection(Set<String> connections) {
        this.connections =
                connections.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    List<PersonaConfig> read(Section section) {
        List<PersonaConfig> personas = new ArrayList<>();
        for (String name : section.keys()) {
            EntryName.check(section, name);
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
                .only(
                        "display_name",
                        "description",
                        "roles",
                        "priority",
                        "permissions",
                        "tools",
                        "connections",
                        "schemas",
                        "tables",
                        "masks",
                        "filters",
                        "resources",
                        "prompts",
                        "skills",
                        "limits",
                        "sample_rows");
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
        Rules tools = Rules.read(section.section("tools"), Glob.NAMES, Glob::parse);
        Rules usable = Rules.read(section.section("connections"), Glob.NAMES, Glob::parse);
        GlobRules schemas = data(section, "schemas", DataName.SCHEMAS_OF_CONNECTIONS, DataName::schemasOfConnections);
        GlobRules tables = data(section, "tables", DataName.TABLES_OF_CONNECTIONS, DataName::tablesOfConnections);
        RestrictionsConfig restrictions = new RestrictionsSection(this::ofConnection).read(section);
        Rules resources = Rules.read(section.section("resources"), Glob.URIS, Glob::parseUri);
        Rules prompts = Rules.read(section.section("prompts"), Glob.NAMES, Glob::parse);
        Rules skills = Rules.read(section.section("skills"), Glob.NAMES, Glob::parse);
        if (resources.globs().anyBeginsWith("skill:")) {
            section.error("resources", "a rule for the scheme skill", "the key skills with rules over names of skills");
        }
        if (grantsNothing(section, permissions, tools, resources, prompts, skills)) {
            personas.error(
                    name,
                    "a persona that grants nothing",
                    "tools, resources, prompts or skills: {allow: [...]}, or permissions");
        } else if (usable.denyAll() && !tools.denyAll()) {
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
                tools.globs(),
                usable.globs(),
                schemas,
                tables,
                restrictions.masks(),
                restrictions.filters(),
                resources.globs(),
                prompts.globs(),
                skills.globs(),
                PersonaLimitsConfig.read(section.section("limits")),
                ConfigComponent.number(PersonaConfig.class, "sample_rows", section));
    }

    /** A glob that names a connection must name one of the file: a rule with a misspelled name would hide nothing. */
    private GlobRules data(Section persona, String key, String expected, Function<String, Glob> glob) {
        return GlobRules.ofData(persona.section(key), expected, text -> ofConnection(glob.apply(text)));
    }

    private Glob ofConnection(Glob glob) {
        String connection = glob.toString().replaceFirst("/.*", "");
        if (!connection.contains("*") && !connection.contains("?") && !connections.contains(connection)) {
            throw new IllegalArgumentException("unknown");
        }
        return glob;
    }

    private static boolean grantsNothing(Section section, List<String> permissions, Rules... granting) {
        return permissions.isEmpty()
                && !section.hasItems("permissions")
                && (section.has("permissions") || Stream.of(granting).noneMatch(Rules::mayGrant));
    }

    /** The rules of one section of a persona. */
    private record Rules(Section section, GlobRules globs) {

        static Rules read(Section section, String expected, Function<String, Glob> glob) {
            section.only("allow", "deny");
            return new Rules(
                    section,
                    new GlobRules(section.list("allow", expected, glob), section.list("deny", expected, glob)));
        }

        boolean denyAll() {
            return globs.allow().isEmpty() || globs.deny().contains(EVERYTHING);
        }

        /** Whether they allow something, or would if their globs were not malformed, which is reported. */
        boolean mayGrant() {
            return !denyAll() || globs.allow().isEmpty() && section.hasItems("allow");
        }
    }
}
