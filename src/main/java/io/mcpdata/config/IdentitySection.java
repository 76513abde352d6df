package io.mcpdata.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Section {@code identity} of a connection. */
final class IdentitySection {

    private static final Pattern DATABASE_ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$.-]{0,62}");

    /** Words that databases read as the account itself, or as all its roles. */
    private static final Set<String> NO_ROLES = Set.of("none", "default", "all", "public");

    private static final String A_ROLE =
            "the name of a database role: 1 to 63 letters, digits and _ $ . -, and not none, default, all or public";
    private static final String A_VALUE = "1 to " + IdentityMapping.LONGEST + " printable characters";

    private final Set<String> personas;

    IdentitySection(List<PersonaConfig> personas) {
        this.personas = personas.stream().map(PersonaConfig::name).collect(Collectors.toUnmodifiableSet());
    }

    /** @param source of the connection; empty if it is wrong, which is reported already */
    Optional<IdentityConfig> read(Section connection, Optional<ConnectionSource> source) {
        if (!connection.isGiven("identity")) {
            return Optional.empty();
        }
        if (source.filter(IdentityProduct::cannot).isPresent()) {
            connection.error(
                    "identity",
                    "an identity for a database that has none",
                    "it on connections to " + IdentityProduct.all() + " only");
        }
        Section identity = connection.section("identity").only("role", "variables");
        Optional<IdentityProduct> product = source.flatMap(IdentityProduct::of);
        Optional<IdentityMapping> role = identity.isGiven("role") ? role(identity.section("role")) : Optional.empty();
        if (identity.isGiven("role")
                && product.filter(known -> !known.hasRoles()).isPresent()) {
            identity.error(
                    "role", "a role on " + product.get().label(), "variables; roles need PostgreSQL, MySQL or MariaDB");
        }
        Map<String, IdentityMapping> variables = variables(identity.section("variables"), product);
        if (!identity.has("role") && identity.section("variables").keys().isEmpty()) {
            connection.error("identity", "neither a role nor variables", "role, variables or both");
        }
        return Optional.of(new IdentityConfig(role, variables));
    }

    private Optional<IdentityMapping> role(Section role) {
        Optional<IdentityMapping> mapping = mapping(role, A_ROLE, true);
        if (role.section("values").keys().isEmpty()) {
            role.error("", "no values", "values: the database role for each persona, role, name or claim");
        }
        return mapping;
    }

    private Map<String, IdentityMapping> variables(Section variables, Optional<IdentityProduct> product) {
        Map<String, IdentityMapping> read = new LinkedHashMap<>();
        for (String name : variables.keys()) {
            if (!IdentityProduct.ANY_VARIABLE.matcher(name).matches()
                    || product.filter(known -> !known.isVariable(name)).isPresent()) {
                variables.error(
                        name,
                        "a variable that cannot be used",
                        product.map(IdentityProduct::expected)
                                .orElse("1 to 63 letters, digits and _ . $, such as app.caller"));
            }
            variable(variables, name).ifPresent(mapping -> read.put(name, mapping));
        }
        return read;
    }

    private Optional<IdentityMapping> variable(Section variables, String name) {
        if (variables.isMapping(name)) {
            return mapping(variables.section(name), A_VALUE, false);
        }
        return variables
                .required(name, IdentitySource.EXPECTED, IdentitySource::parse)
                .map(by -> new IdentityMapping(by, Map.of(), Optional.empty()));
    }

    private Optional<IdentityMapping> mapping(Section one, String expected, boolean ofRoles) {
        one.only("by", "values", "default");
        Optional<IdentitySource> by = one.required("by", IdentitySource.EXPECTED, IdentitySource::parse);
        Section given = one.section("values");
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : given.keys()) {
            by.ifPresent(source -> checkKey(given, key, source));
            given.required(key, expected, text -> checked(text, ofRoles)).ifPresent(value -> values.put(key, value));
        }
        Optional<String> standard = one.isGiven("default")
                ? one.required("default", expected, text -> checked(text, ofRoles))
                : Optional.empty();
        return by.map(source -> new IdentityMapping(source, values, standard));
    }

    private void checkKey(Section values, String key, IdentitySource by) {
        if (by.kind() == IdentitySource.Kind.PERSONA && !personas.contains(key)) {
            values.error(key, "a persona that does not exist", "one of " + String.join(", ", sorted()));
        }
        if (by.kind() == IdentitySource.Kind.ROLE && !RoleName.isRole(key)) {
            values.error(key, "a role that cannot be used", RoleName.EXPECTED);
        }
    }

    private List<String> sorted() {
        return personas.stream().sorted().toList();
    }

    private static String checked(String text, boolean ofRoles) {
        boolean good = ofRoles
                ? DATABASE_ROLE.matcher(text).matches() && !NO_ROLES.contains(text.toLowerCase(Locale.ROOT))
                : IdentityMapping.isValue(text);
        if (!good) {
            throw new IllegalArgumentException("not usable");
        }
        return text;
    }
}
