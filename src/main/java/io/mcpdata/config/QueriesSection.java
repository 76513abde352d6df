package io.mcpdata.config;

import io.mcpdata.config.QueryParameterConfig.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Section {@code queries}. */
final class QueriesSection {

    /** The tools that the platform has itself. */
    static final Set<String> TOOLS = Set.of(
            "platform_info",
            "list_connections",
            "sql_search",
            "sql_list_tables",
            "sql_describe_table",
            "sql_profile",
            "sql_query",
            "sql_explain",
            "sql_export");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final int LONGEST_SQL = 32_768;
    private static final int MOST_PARAMETERS = 100;
    private static final int MOST_VALUES = 1_000;
    private static final int MOST_ROWS = 100_000;
    private static final String FROM = "persona, name, identity or claim:NAME";

    private final Set<String> declared;
    private final List<ConnectionConfig> connections;

    /**
     * @param declared the names of all connections of the file
     * @param connections those that could be read
     */
    QueriesSection(Set<String> declared, List<ConnectionConfig> connections) {
        this.declared = Set.copyOf(declared);
        this.connections = List.copyOf(connections);
    }

    List<QueryConfig> read(Section queries) {
        List<QueryConfig> configs = new ArrayList<>();
        for (String name : queries.keys()) {
            if (!NAME.matcher(name).matches()) {
                queries.error(name, "a name that cannot be used", "1 to 64 letters, digits and _ -");
            } else if (TOOLS.contains(name)) {
                queries.error(name, "the name of a tool of the platform", "another name");
            }
            query(name, queries.section(name)).ifPresent(configs::add);
        }
        return configs;
    }

    private Optional<QueryConfig> query(String name, Section one) {
        one.only("title", "description", "connection", "sql", "max_rows", "timeout", "parameters");
        Optional<String> description = one.required(
                "description",
                "what the query gives, for people and AI clients",
                text -> require(text, !text.isBlank()));
        Optional<String> connection = one.required(
                "connection",
                declared.isEmpty() ? "a connection of this file" : "one of the connections of this file",
                text -> require(text, declared.contains(text)));
        Optional<ConnectionConfig> known = connections.stream()
                .filter(entry -> connection.filter(entry.name()::equals).isPresent())
                .findFirst();
        List<QueryParameterConfig> parameters = parameters(one.section("parameters"));
        Optional<String> sql = sql(one);
        Optional<Integer> rows = rows(one, known);
        Optional<Duration> timeout = timeout(one, known);
        if (description.isEmpty() || connection.isEmpty() || sql.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new QueryConfig(
                name,
                one.text("title").orElse(""),
                description.get(),
                connection.get(),
                sql.get(),
                rows,
                timeout,
                parameters));
    }

    private static Optional<Integer> rows(Section one, Optional<ConnectionConfig> connection) {
        int most = connection.map(ConnectionConfig::maxRows).orElse(MOST_ROWS);
        return one.isGiven("max_rows") ? Optional.of(one.number("max_rows", most, 1, most)) : Optional.empty();
    }

    private static Optional<Duration> timeout(Section one, Optional<ConnectionConfig> connection) {
        if (!one.isGiven("timeout")) {
            return Optional.empty();
        }
        return connection
                .map(known -> one.duration(
                        "timeout",
                        known.timeout(),
                        known.timeout(),
                        "at most " + known.timeout().toMillis() + "ms, the limit of the connection"))
                .or(() -> Optional.of(one.duration("timeout", Duration.ofSeconds(1))));
    }

    private static Optional<String> sql(Section one) {
        String expected = "one SELECT of 1 to " + LONGEST_SQL + " characters, with :name for each parameter";
        Optional<String> sql = one.required("sql", expected, text -> text);
        if (sql.isEmpty()) {
            return sql;
        }
        if (sql.get().isBlank() || sql.get().length() > LONGEST_SQL) {
            one.error("sql", "a text of " + sql.get().length() + " characters", expected);
            return Optional.empty();
        }
        QueryText text = QueryText.of(sql.get());
        if (text.problem().isPresent()) {
            one.error("sql", text.problem().get(), "closed quotes, :name for each parameter, and ?? for an operator ?");
            return Optional.empty();
        }
        Section parameters = one.section("parameters");
        for (String name : new LinkedHashSet<>(text.names())) {
            if (!parameters.isGiven(name)) {
                // what only a variable holds is not shown
                String shown = one.contains("sql", ":" + name) ? FoundText.printable(":" + name) : ":...";
                one.error("sql", shown + ", which is no parameter of this query", "it among parameters");
            }
        }
        if (text.names().size() > MOST_PARAMETERS) {
            one.error("sql", text.names().size() + " uses of parameters", "at most " + MOST_PARAMETERS);
        }
        for (String name : parameters.keys()) {
            if (!text.names().contains(name)) {
                parameters.error(
                        name,
                        "a parameter that the SQL does not use",
                        ":" + FoundText.printable(name) + " in the SQL, or no such parameter");
            }
        }
        return sql;
    }

    private static List<QueryParameterConfig> parameters(Section declared) {
        List<QueryParameterConfig> parameters = new ArrayList<>();
        for (String name : declared.keys()) {
            if (!PARAMETER.matcher(name).matches()) {
                declared.error(
                        name,
                        "a name that cannot be used",
                        "1 to 64 letters, digits and _, and no digit at the beginning");
            } else if (name.equals("connection")) {
                declared.error(name, "a name that tools have for the data source", "another name");
            }
            parameters.add(parameter(name, declared.section(name)));
        }
        return parameters;
    }

    private static QueryParameterConfig parameter(String name, Section one) {
        one.only("type", "description", "required", "values", "minimum", "maximum", "max_length", "default", "from");
        Type type = ConfigComponent.choice(Type.class, QueryParameterConfig.class, "type", one);
        Optional<IdentitySource> from = from(one);
        for (String key : List.of("required", "values", "minimum", "maximum", "max_length", "default")) {
            if (one.isGiven("from") && one.isGiven(key)) {
                one.error(key, key + " beside from", "it for values of the caller only");
            }
        }
        only(one, "minimum", type, Type::hasRange);
        only(one, "maximum", type, Type::hasRange);
        only(one, "max_length", type, Type.STRING::equals);
        only(one, "values", type, wanted -> wanted != Type.BOOLEAN);
        if (one.has("default") && one.isGiven("required") && one.flag("required", false)) {
            one.error("required", "a required parameter with a default", "one of them");
        }
        QueryParameterConfig ranged = new QueryParameterConfig(
                name,
                one.text("description").orElse(""),
                type,
                one.flag("required", !one.isGiven("default")),
                List.of(),
                bound(one, "minimum", type),
                bound(one, "maximum", type),
                ConfigComponent.number(QueryParameterConfig.class, "max_length", one),
                Optional.empty(),
                from);
        if (ranged.minimum().isPresent()
                && ranged.maximum().isPresent()
                && ranged.compare(ranged.minimum().get(), ranged.maximum().get()) > 0) {
            one.error("maximum", "less than the minimum", "a maximum that is not less");
        }
        List<String> values = one.list("values", ranged.expected(), text -> require(text, ranged.accepts(text)));
        if (values.size() > MOST_VALUES) {
            one.error("values", values.size() + " values", "at most " + MOST_VALUES);
        }
        QueryParameterConfig listed = with(ranged, values, Optional.empty());
        Optional<String> standard = one.isGiven("default")
                ? one.required("default", listed.expected(), text -> require(text, listed.accepts(text)))
                : Optional.empty();
        return with(ranged, values, standard);
    }

    private static Optional<IdentitySource> from(Section one) {
        return one.isGiven("from")
                ? one.required("from", FROM, text -> {
                    IdentitySource source = IdentitySource.parse(text);
                    return require(source, source.kind() != IdentitySource.Kind.ROLE);
                })
                : Optional.empty();
    }

    private static Optional<String> bound(Section one, String key, Type type) {
        QueryParameterConfig plain = new QueryParameterConfig(
                "",
                "",
                type,
                true,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty());
        return one.isGiven(key) && type.hasRange()
                ? one.required(key, type.label(), text -> require(text, plain.isOfType(text)))
                : Optional.empty();
    }

    private static void only(Section one, String key, Type type, Predicate<Type> fits) {
        if (one.isGiven(key) && !fits.test(type)) {
            one.error(key, key + " of " + ConfigComponent.text(type), "a type that has it");
        }
    }

    private static QueryParameterConfig with(
            QueryParameterConfig parameter, List<String> values, Optional<String> standard) {
        return new QueryParameterConfig(
                parameter.name(),
                parameter.description(),
                parameter.type(),
                parameter.required(),
                values,
                parameter.minimum(),
                parameter.maximum(),
                parameter.maxLength(),
                standard,
                parameter.from());
    }

    private static <T> T require(T value, boolean good) {
        if (!good) {
            throw new IllegalArgumentException("not usable");
        }
        return value;
    }
}
