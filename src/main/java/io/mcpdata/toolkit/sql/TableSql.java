package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of statements that tools build over one table. They run as a caller's own statements do: past the guard, the
 * rules over tables and every limit. Immutable.
 *
 * @param table with its schema, in quotes
 */
record TableSql(DatabaseProfile profile, String table) {

    /** @param description of the table, with schema and name as the database has them */
    static TableSql of(DatabaseProfile profile, JsonObject description) {
        List<String> parts =
                new ArrayList<>(SchemaNaming.parts(description.getString("schema"), profile.ofAllCatalogs()));
        parts.add(description.getString("name"));
        return new TableSql(
                profile, parts.stream().map(part -> quoted(profile, part)).collect(Collectors.joining(".")));
    }

    String quoted(String name) {
        return quoted(profile, name);
    }

    private static String quoted(DatabaseProfile profile, String name) {
        String quote = profile.identifierQuote();
        if (quote.isEmpty()) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new ToolException("not_supported", "The database has no quotes for such a name.");
            }
            return name;
        }
        return quote + name.replace(quote, quote + quote) + quote;
    }

    /** The first rows that the database finds; without columns there is a 1 for each. */
    String rows(List<String> columns, int most) {
        String list = columns.isEmpty()
                ? "1 AS one"
                : columns.stream().map(this::quoted).collect(Collectors.joining(", "));
        return limited("SELECT ", list + " FROM " + table, most);
    }

    /** @param rest of the statement behind SELECT */
    String limited(String select, String rest, int most) {
        return switch (profile.dialect()) {
            case SQLSERVER -> select + "TOP (" + most + ") " + rest;
            case H2, POSTGRESQL, MYSQL, MARIADB, TRINO, DUCKDB -> select + rest + " LIMIT " + most;
            case ORACLE, UNKNOWN -> select + rest + " FETCH FIRST " + most + " ROWS ONLY";
        };
    }
}
