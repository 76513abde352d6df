package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table or column that the database does not know.
 *
 * @param name as the statement or the message spells it, without a schema or table before it
 */
record UnknownName(boolean isTable, String name) {

    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04", "S0002");
    private static final Set<String> NO_COLUMN = Set.of("42703", "42S22");
    private static final int MOST_TABLES = 10;
    private static final Pattern QUOTED =
            Pattern.compile("[\"'`\u201e\u201c\u00ab]([^\"'`\u201c\u201d\u00bb]+)[\"'`\u201c\u201d\u00bb]");
    private static final Pattern TRINO =
            Pattern.compile("^(Table|Column) '([^']+)' (?:does not exist|cannot be resolved)");
    private static final String PART = "(?:[\\p{L}_][\\p{L}\\p{N}_$]*|\"[^\"]+\"|`[^`]+`)";
    private static final Pattern NAME = Pattern.compile(PART);
    private static final Pattern CHAIN = Pattern.compile(PART + "(?:\\s*\\.\\s*" + PART + ")*+");

    static Optional<UnknownName> of(SQLException e, DriverMessage message, String asked) {
        if (e.getSQLState() == null) {
            return ofTrino(message.text());
        }
        String state = e.getSQLState();
        if (!NO_TABLE.contains(state) && !NO_COLUMN.contains(state)) {
            return Optional.empty();
        }
        Matcher chain = CHAIN.matcher(asked);
        if (message.index() >= 0 && chain.find(asked.offsetByCodePoints(0, message.index()))) {
            return Optional.of(new UnknownName(NO_TABLE.contains(state), last(chain.group())));
        }
        Matcher quoted = QUOTED.matcher(message.text());
        return quoted.find()
                ? Optional.of(new UnknownName(NO_TABLE.contains(state), last(quoted.group(1))))
                : Optional.empty();
    }

    /** Trino has no SQLSTATE, and shows the whole name of the table that it looked for. */
    private static Optional<UnknownName> ofTrino(String message) {
        Matcher unknown = TRINO.matcher(message);
        return unknown.find()
                ? Optional.of(new UnknownName(unknown.group(1).equals("Table"), last(unknown.group(2))))
                : Optional.empty();
    }

    private static String last(String chain) {
        String part = chain.substring(chain.lastIndexOf('.') + 1).strip();
        boolean quoted = part.length() > 2 && (part.startsWith("\"") || part.startsWith("`"));
        return quoted ? part.substring(1, part.length() - 1) : part;
    }

    /** The name's position in the statement, in code points; -1 unless it occurs exactly once. */
    int index(String asked) {
        List<MatchResult> found = NAME.matcher(asked)
                .results()
                .filter(word -> last(word.group()).equalsIgnoreCase(name))
                .toList();
        return found.size() == 1 ? asked.codePointCount(0, found.get(0).start()) : -1;
    }

    /** Which tool lists the existing names. */
    String advice() {
        return isTable ? "sql_list_tables names the tables." : "sql_describe_table names the columns of a table.";
    }

    /** Similar existing names, as they are written in this dialect. */
    List<String> near(SqlSchema schema, DatabaseProfile profile, String asked) throws SQLException {
        String own = schema.current();
        List<TableName> tables = schema.tables().stream()
                .sorted(Comparator.comparing(
                        (TableName table) -> !table.schema().equals(own)))
                .toList();
        if (!isTable) {
            return nearColumns(schema, tables, profile, asked);
        }
        List<String> names = tables.stream().map(TableName::name).toList();
        return NearNames.of(name, names).stream()
                .flatMap(near -> tables.stream().filter(table -> table.name().equals(near)))
                .limit(3)
                .map(table -> (table.schema().equals(own) || table.schema().isEmpty()
                                ? ""
                                : SchemaNaming.parts(table.schema(), profile.ofAllCatalogs()).stream()
                                                .map(part -> written(part, profile))
                                                .collect(Collectors.joining("."))
                                        + ".")
                        + written(table.name(), profile))
                .toList();
    }

    /** Of the tables that the statement names; a table of the same name in another schema only if no nearer one has any. */
    private List<String> nearColumns(SqlSchema schema, List<TableName> tables, DatabaseProfile profile, String asked)
            throws SQLException {
        Set<String> named = NAME.matcher(asked)
                .results()
                .map(word -> last(word.group()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<String> columns = new ArrayList<>();
        List<String> read = new ArrayList<>();
        List<String> near = List.of();
        for (TableName table : tables.stream()
                .filter(table -> named.contains(table.name().toLowerCase(Locale.ROOT)))
                .limit(MOST_TABLES)
                .toList()) {
            if (!near.isEmpty() && read.contains(table.name())) {
                continue;
            }
            read.add(table.name());
            columns.addAll(schema.columnNames(table));
            near = NearNames.of(name, columns).stream()
                    .map(column -> written(column, profile))
                    // a table of the same name in another schema may have exactly this column
                    .filter(column -> !column.equalsIgnoreCase(name))
                    .toList();
        }
        return near;
    }

    /** Quoted if the database would read the bare name as another name. */
    private static String written(String name, DatabaseProfile profile) {
        boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*") && name.equals(folded(name, profile.dialect()));
        return plain ? name : profile.identifierQuote() + name + profile.identifierQuote();
    }

    private static String folded(String name, Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> name.toLowerCase(Locale.ROOT);
            case H2, ORACLE -> name.toUpperCase(Locale.ROOT);
            case MYSQL, MARIADB, SQLSERVER, TRINO, DUCKDB, UNKNOWN -> name;
        };
    }
}
