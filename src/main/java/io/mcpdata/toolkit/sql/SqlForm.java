package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Types;

/** How the values of a column are read, decided once per column from its type. */
enum SqlForm {
    /** The database's own text. */
    TEXT,
    NUMBER,
    /** A number that the driver would return as true, false or bytes. */
    BITS,
    FLAG,
    BYTES,
    BLOB,
    CLOB,
    DATE,
    TIME,
    ZONED_TIME,
    TIMESTAMP,
    ZONED_TIMESTAMP,
    /** A timestamp that may not fit into Java's calendar: the database's own text, in the form of ISO 8601. */
    TIMESTAMP_TEXT,
    ARRAY,
    /** A value of a type that only the driver knows, such as a map or row of Trino: the driver's object, part by part. */
    NESTED,
    /** A value that is not read, because reading it would create an object of a class that the value names. */
    OBJECT;

    /**
     * @param sqlType of {@link Types}
     * @param type the database's name of the type, in lower case
     */
    static SqlForm of(int sqlType, String type, Dialect dialect) {
        if (dialect == Dialect.H2 && type.contains("java_object")) {
            return OBJECT;
        }
        if (type.equals("datetimeoffset") || isZoned(type, "timestamp")) {
            return ZONED_TIMESTAMP;
        }
        boolean mysql = dialect.isMySql();
        return switch (sqlType) {
            case Types.BIT, Types.BOOLEAN -> mysql ? BITS : flag(type, dialect);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC -> NUMBER;
            // PostgreSQL's money is text with a currency
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> type.equals("money") ? TEXT : NUMBER;
            case Types.DATE -> mysql ? TEXT : DATE;
            case Types.TIME -> mysql ? TEXT : isZoned(type, "time") ? ZONED_TIME : TIME;
            case Types.TIME_WITH_TIMEZONE -> ZONED_TIME;
            case Types.TIMESTAMP -> mysql ? TIMESTAMP_TEXT : TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> ZONED_TIMESTAMP;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> type.equals("uuid") ? TEXT : BYTES;
            case Types.BLOB -> BLOB;
            case Types.CLOB, Types.NCLOB -> CLOB;
            case Types.ARRAY -> ARRAY;
            case Types.JAVA_OBJECT -> dialect == Dialect.TRINO ? NESTED : TEXT;
            // BINARY_FLOAT and BINARY_DOUBLE have Oracle's own codes, and the integers that JDBC has no code for
            // DuckDB's
            default ->
                type.startsWith("binary_") || (dialect == Dialect.DUCKDB && type.matches("u?(huge|big)int|uinteger"))
                        ? NUMBER
                        : TEXT;
        };
    }

    private static SqlForm flag(String type, Dialect dialect) {
        return dialect == Dialect.POSTGRESQL && type.startsWith("bit") ? TEXT : FLAG;
    }

    private static boolean isZoned(String type, String of) {
        return type.equals(of + "tz")
                || (type.startsWith(of)
                        && type.contains("time zone")
                        && !type.contains("without")
                        && !type.endsWith(" array"));
    }
}
