package io.mcpdata.toolkit.sql;

import io.mcpdata.config.MaskConfig;
import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database's metadata about its tables, without system tables. Belongs to one connection and one thread. */
final class SqlSchema {

    private static final Set<String> SYSTEM = Set.of(
            "information_schema",
            "pg_catalog",
            "pg_toast",
            "sys",
            "system",
            "mysql",
            "performance_schema",
            "definition_schema");

    private final DatabaseMetaData metadata;
    private final TableFilter filter;
    private final SchemaNaming naming;
    private Optional<String> hiddenBy = Optional.empty();

    /** All tables, for the platform itself. */
    SqlSchema(DatabaseMetaData metadata) throws SQLException {
        this(metadata, TableFilter.NONE);
    }

    /** @param filter tables that it hides are not there, and not at the other end of a key */
    SqlSchema(DatabaseMetaData metadata, TableFilter filter) throws SQLException {
        this.metadata = metadata;
        this.filter = filter;
        this.naming = SchemaNaming.of(metadata);
    }

    /** Every table and view, by schema and name. */
    List<TableName> tables() throws SQLException {
        return tables(null, "%");
    }

    /** The tables of that name, in the given case or else in the database's own. */
    List<TableName> named(@Nullable String schema, String table) throws SQLException {
        for (String spelling : spellings(table)) {
            List<TableName> found = tables(null, escaped(spelling)).stream()
                    .filter(candidate -> schema == null || candidate.schema().equalsIgnoreCase(schema))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** The rule by which a table was last left out; empty if none was. */
    Optional<String> hiddenBy() {
        return hiddenBy;
    }

    /** Before another name is looked for. */
    void forgetHidden() {
        hiddenBy = Optional.empty();
    }

    /** The columns of all tables of a schema, for {@link #type} and the names in it. */
    ResultSet columnsOf(String schema) throws SQLException {
        return metadata.getColumns(naming.catalog(schema), schemaPattern(schema), "%", null);
    }

    /** The connection's own schema; empty if it has none. */
    String current() throws SQLException {
        return text(
                naming.hasSchemas()
                        ? metadata.getConnection().getSchema()
                        : metadata.getConnection().getCatalog());
    }

    DatabaseMetaData metadata() {
        return metadata;
    }

    /** Whether there are rules that could hide a table. */
    boolean isLimited() {
        return filter.isOn();
    }

    SchemaNaming naming() {
        return naming;
    }

    boolean hides(TableName table) {
        return filter.hides(table);
    }

    /** Whether rows of the table may not exist for the caller: then a figure about all rows is not for the caller. */
    boolean hidesRowsOf(TableName table) {
        return !filter.rowFilters(table).isEmpty();
    }

    boolean masks(TableName table, String column) {
        return filter.mask(table, column).isPresent();
    }

    /** Everything of these names that a statement could read, also tables of the system, synonyms and sequences. */
    List<TableName> relations(List<String> spellings) throws SQLException {
        List<TableName> found = new ArrayList<>();
        for (String spelling : spellings) {
            for (TableName relation : relations(null, escaped(spelling))) {
                if (!found.contains(relation)) {
                    found.add(relation);
                }
            }
        }
        return found;
    }

    JsonObject describe(TableName table) throws SQLException {
        TableKeys keys = new TableKeys(metadata, naming, filter);
        return table.toJson()
                .add("columns", columns(table))
                .add("primaryKey", Json.strings(keys.primary(table)))
                .add("foreignKeys", keys.imported(table))
                .add("referencedBy", keys.exported(table))
                .build();
    }

    List<String> columnNames(TableName table) throws SQLException {
        return List.copyOf(columnTypes(table).keySet());
    }

    /** The types of {@link Types} by the names of the columns, in the order of the table. */
    Map<String, Integer> columnTypes(TableName table) throws SQLException {
        Map<String, Integer> types = new LinkedHashMap<>();
        try (ResultSet rows = metadata.getColumns(
                naming.catalog(table.schema()), schemaPattern(table.schema()), escaped(table.name()), null)) {
            while (rows.next()) {
                types.put(text(rows.getString("COLUMN_NAME")), rows.getInt("DATA_TYPE"));
            }
        }
        return types;
    }

    private static Set<String> spellings(String table) {
        return new java.util.LinkedHashSet<>(
                List.of(table, table.toUpperCase(Locale.ROOT), table.toLowerCase(Locale.ROOT)));
    }

    private List<TableName> tables(@Nullable String schema, String pattern) throws SQLException {
        List<TableName> tables = new ArrayList<>();
        for (TableName table : relations(schema, pattern)) {
            if (isListed(table)) {
                Optional<String> rule = filter.hiddenBy(table.schema(), table.name());
                if (rule.isEmpty()) {
                    tables.add(table);
                } else {
                    hiddenBy = rule;
                }
            }
        }
        return tables;
    }

    private List<TableName> relations(@Nullable String schema, String pattern) throws SQLException {
        List<TableName> tables = new ArrayList<>();
        // catalogs of other databases are excluded where schemas exist; elsewhere the catalog is the schema
        try (ResultSet rows = metadata.getTables(naming.searched(), schema, pattern, null)) {
            while (rows.next()) {
                tables.add(new TableName(
                        naming.schemaOf(rows, ""),
                        text(rows.getString("TABLE_NAME")),
                        text(rows.getString("TABLE_TYPE")),
                        text(rows.getString("REMARKS"))));
            }
        }
        return tables;
    }

    /** Whether it is a table or view, and not of the system. */
    static boolean isListed(TableName table) {
        String type = table.type().toUpperCase(Locale.ROOT);
        String schema = table.schema().toLowerCase(Locale.ROOT);
        return (type.contains("TABLE") || type.contains("VIEW"))
                && !type.contains("SYSTEM")
                && !SYSTEM.contains(schema)
                && !schema.startsWith("pg_")
                // with a catalog before it
                && !schema.startsWith("system.")
                && !schema.endsWith(".information_schema");
    }

    private JsonArrayBuilder columns(TableName table) throws SQLException {
        JsonArrayBuilder columns = Json.array();
        try (ResultSet rows = metadata.getColumns(
                naming.catalog(table.schema()), schemaPattern(table.schema()), escaped(table.name()), null)) {
            while (rows.next()) {
                String name = text(rows.getString("COLUMN_NAME"));
                JsonObjectBuilder column = Json.object()
                        .add("name", name)
                        .add("type", type(rows))
                        .add("nullable", rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls);
                Optional<MaskConfig> mask = filter.mask(table, name);
                if (mask.isPresent()) {
                    column.add("masked", mask.get().show().name().toLowerCase(Locale.ROOT));
                } else {
                    TableFacts.ofColumn(rows, column);
                }
                String comment = text(rows.getString("REMARKS"));
                columns.add(comment.isEmpty() ? column : column.add("comment", comment));
            }
        }
        return columns;
    }

    static String type(ResultSet column) throws SQLException {
        String name = text(column.getString("TYPE_NAME"));
        int size = column.getInt("COLUMN_SIZE");
        if (name.contains("(")) {
            return name;
        }
        return switch (column.getInt("DATA_TYPE")) {
            case Types.DECIMAL, Types.NUMERIC -> name + "(" + size + "," + column.getInt("DECIMAL_DIGITS") + ")";
            case Types.CHAR, Types.VARCHAR, Types.NCHAR, Types.NVARCHAR ->
                // unbounded text has an enormous size, which is of no use
                size > 0 && size < 1_000_000 ? name + "(" + size + ")" : name;
            default -> name;
        };
    }

    private @Nullable String schemaPattern(String schema) throws SQLException {
        @Nullable String name = naming.schema(schema);
        return name == null ? null : escaped(name);
    }

    /** A name is not a pattern: without this, {@code order_lines} would match {@code orderXlines} too. */
    private String escaped(String name) throws SQLException {
        String escape = text(metadata.getSearchStringEscape());
        return escape.isEmpty()
                ? name
                : name.replace(escape, escape + escape)
                        .replace("_", escape + "_")
                        .replace("%", escape + "%");
    }

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
