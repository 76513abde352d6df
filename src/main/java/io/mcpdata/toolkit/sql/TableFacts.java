package io.mcpdata.toolkit.sql;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a database reports about a table beyond columns and keys: indexes, an estimate of its rows, partitions, the values
 * of enumerations and the definition of a view. What the database or its driver does not report is left out. Belongs to
 * one connection and one thread.
 */
final class TableFacts {

    private static final int LONGEST_DEFAULT = 200;
    private static final int LONGEST_VIEW = 2_000;
    private static final int MOST_VALUES = 50;
    private static final int MOST_INDEXES = 30;
    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

    private final SqlSchema schema;
    private final TableName table;
    private final Dialect dialect;

    TableFacts(SqlSchema schema, TableName table) throws SQLException {
        this.schema = schema;
        this.table = table;
        this.dialect = Dialect.of(SqlSchema.text(schema.metadata().getDatabaseProductName()));
    }

    /** Adds default and generation of a column of {@link DatabaseMetaData#getColumns}. */
    static void ofColumn(ResultSet row, JsonObjectBuilder column) throws SQLException {
        String standard = shortened(SqlSchema.text(row.getString("COLUMN_DEF")).strip(), LONGEST_DEFAULT);
        boolean given = !standard.isEmpty() && !standard.equalsIgnoreCase("NULL");
        if (SqlSchema.text(row.getString("IS_AUTOINCREMENT")).equals("YES")) {
            column.add("autoIncrement", true);
        } else if (SqlSchema.text(row.getString("IS_GENERATEDCOLUMN")).equals("YES")) {
            // MariaDB's driver does not report the expression
            column.add("generated", given ? Json.string(standard) : JsonValue.TRUE);
        } else if (given) {
            column.add("default", standard);
        }
    }

    /** @param primaryKey whose index is not repeated */
    void add(JsonObjectBuilder description, JsonArray primaryKey) throws SQLException {
        attempt(() -> indexes(description, primaryKey));
        List<String> queries = TableFactQueries.ofTable(dialect);
        for (String query : queries) {
            attempt(() -> ofTable(query, description));
        }
    }

    /** The values of the columns that are enumerations, by name of the column. */
    Map<String, List<String>> enumerations() throws SQLException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String query = TableFactQueries.ofEnumerations(dialect);
        if (!query.isEmpty()) {
            attempt(() -> enumerations(query, values));
        }
        return values;
    }

    private void indexes(JsonObjectBuilder description, JsonArray primaryKey) throws SQLException {
        DatabaseMetaData metadata = schema.metadata();
        Map<String, List<String>> unique = new TreeMap<>();
        Map<String, List<String>> other = new TreeMap<>();
        try (ResultSet rows = metadata.getIndexInfo(
                schema.naming().catalog(table.schema()),
                schema.naming().schema(table.schema()),
                table.name(),
                false,
                true)) {
            while (rows.next()) {
                if (rows.getShort("TYPE") != DatabaseMetaData.tableIndexStatistic) {
                    (rows.getBoolean("NON_UNIQUE") ? other : unique)
                            .computeIfAbsent(SqlSchema.text(rows.getString("INDEX_NAME")), name -> new ArrayList<>())
                            .add(SqlSchema.text(rows.getString("COLUMN_NAME")));
                }
            }
        }
        unique.values().removeIf(columns -> Json.strings(columns).build().equals(primaryKey));
        addAll(description, "unique", unique);
        addAll(description, "indexes", other);
    }

    private static void addAll(JsonObjectBuilder description, String name, Map<String, List<String>> indexes) {
        JsonArrayBuilder list = Json.array();
        indexes.values().stream().distinct().limit(MOST_INDEXES).forEach(columns -> list.add(Json.strings(columns)));
        if (!indexes.isEmpty()) {
            description.add(name, list);
        }
    }

    private void ofTable(String query, JsonObjectBuilder description) throws SQLException {
        try (PreparedStatement statement = prepared(query);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                return;
            }
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                String value = SqlSchema.text(row.getString(i)).strip();
                switch (row.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT)) {
                    case "row_estimate" -> {
                        // the database counts the rows of all callers
                        if (!schema.hidesRowsOf(table)) {
                            number(row.getLong(i), "rowEstimate", description);
                        }
                    }
                    case "partition_key" -> addIfGiven(description, "partitionedBy", value);
                    case "partitions" -> number(row.getLong(i), "partitions", description);
                    case "view_definition" -> {
                        // a definition names the tables behind the view, which may be hidden from the caller
                        if (!schema.isLimited()) {
                            addIfGiven(description, "definition", shortened(value, LONGEST_VIEW));
                        }
                    }
                    default -> throw new IllegalStateException("no fact of that name");
                }
            }
        }
    }

    private static void number(long number, String name, JsonObjectBuilder description) {
        if (number > 0) {
            description.add(name, number);
        }
    }

    private static void addIfGiven(JsonObjectBuilder description, String name, String value) {
        if (!value.isEmpty()) {
            description.add(name, value);
        }
    }

    private void enumerations(String query, Map<String, List<String>> values) throws SQLException {
        try (PreparedStatement statement = prepared(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                List<String> of =
                        values.computeIfAbsent(SqlSchema.text(rows.getString(1)), column -> new ArrayList<>());
                String label = SqlSchema.text(rows.getString(2));
                // MySQL and MariaDB have all values in the name of the type
                if (dialect.isMySql()) {
                    Matcher labels = LABEL.matcher(label);
                    while (labels.find() && of.size() < MOST_VALUES) {
                        of.add(labels.group(1).replace("''", "'"));
                    }
                } else if (of.size() < MOST_VALUES) {
                    of.add(label);
                }
            }
        }
    }

    private PreparedStatement prepared(String query) throws SQLException {
        SchemaNaming naming = schema.naming();
        String sent = naming.isOfAllCatalogs()
                ? query.replace(
                        " information_schema.",
                        " \"" + SqlSchema.text(naming.catalog(table.schema())).replace("\"", "\"\"")
                                + "\".information_schema.")
                : query;
        PreparedStatement statement = schema.metadata().getConnection().prepareStatement(sent);
        statement.setString(
                1, naming.isOfAllCatalogs() ? SqlSchema.text(naming.schema(table.schema())) : table.schema());
        statement.setString(2, table.name());
        return statement;
    }

    private void attempt(OptionalReading.Reading reading) throws SQLException {
        OptionalReading.attempt(schema.metadata().getConnection(), dialect, reading);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
