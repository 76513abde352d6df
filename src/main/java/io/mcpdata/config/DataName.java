package io.mcpdata.config;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names that rules over schemas and tables match, without regard to case. A dot or slash in the name of a schema or
 * table itself is matched by {@code ?} and {@code *} only, so that no name can pass for one of another schema.
 */
public final class DataName {

    /** Stands for the schema where a database has none, as in the URI of a table. */
    public static final String NO_SCHEMA = "-";

    static final String SCHEMAS = "a glob over schemas such as sales or ref_*";
    static final String TABLES = "a glob over SCHEMA.TABLE such as sales.* or *.salaries, or *";
    static final String SCHEMAS_OF_CONNECTIONS =
            "a glob over CONNECTION/SCHEMA such as warehouse/sales, with a connection of the file, or *";
    static final String TABLES_OF_CONNECTIONS =
            "a glob over CONNECTION/SCHEMA.TABLE such as warehouse/sales.*, warehouse/* or */*.salaries, with a connection of the file, or *";

    static final String COLUMNS_OF_CONNECTIONS =
            "a glob over CONNECTION/SCHEMA.TABLE.COLUMN such as warehouse/sales.customers.email or */*.*.iban, with a connection of the file";

    private static final String NAME = "[A-Za-z0-9_:$*?-]{1,128}";
    private static final String CONNECTION = "[A-Za-z0-9_.*?-]{1,64}/";
    private static final Pattern SCHEMA = Pattern.compile(NAME);
    private static final Pattern TABLE = Pattern.compile("\\*|" + NAME + "\\." + NAME);
    private static final Pattern SCHEMA_OF_CONNECTION = Pattern.compile("\\*|" + CONNECTION + NAME);
    private static final Pattern TABLE_OF_CONNECTION =
            Pattern.compile("\\*|" + CONNECTION + "(\\*|" + NAME + "\\." + NAME + ")");

    private static final Pattern COLUMN_OF_CONNECTION =
            Pattern.compile(CONNECTION + NAME + "\\." + NAME + "\\." + NAME);

    /** No glob contains it. */
    private static final char HIDDEN = '\u0001';

    private DataName() {}

    public static String schema(String schema) {
        return part(schema.isEmpty() ? NO_SCHEMA : schema);
    }

    public static String table(String schema, String table) {
        return schema(schema) + "." + part(table);
    }

    public static String column(String schema, String table, String column) {
        return table(schema, table) + "." + part(column);
    }

    /** Of a schema, table or column that {@link #schema}, {@link #table} or {@link #column} has named. */
    public static String in(String connection, String name) {
        return connection.toLowerCase(Locale.ROOT) + "/" + name;
    }

    private static String part(String name) {
        return name.toLowerCase(Locale.ROOT).replace('.', HIDDEN).replace('/', HIDDEN);
    }

    static Glob schemas(String glob) {
        return Glob.parse(lower(glob), SCHEMA, SCHEMAS);
    }

    static Glob tables(String glob) {
        return Glob.parse(lower(glob), TABLE, TABLES);
    }

    static Glob schemasOfConnections(String glob) {
        return Glob.parse(lower(glob), SCHEMA_OF_CONNECTION, SCHEMAS_OF_CONNECTIONS);
    }

    static Glob tablesOfConnections(String glob) {
        return Glob.parse(lower(glob), TABLE_OF_CONNECTION, TABLES_OF_CONNECTIONS);
    }

    static Glob columnsOfConnections(String glob) {
        return Glob.parse(lower(glob), COLUMN_OF_CONNECTION, COLUMNS_OF_CONNECTIONS);
    }

    private static String lower(String glob) {
        return glob.toLowerCase(Locale.ROOT);
    }
}
