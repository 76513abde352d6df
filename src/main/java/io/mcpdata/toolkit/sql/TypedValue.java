package io.mcpdata.toolkit.sql;

import io.mcpdata.config.QueryParameterConfig.Type;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Binds a value of a declared type, which NULL has too: PostgreSQL asks for the type of each parameter. Its driver leaves
 * the type of a timestamp open.
 */
final class TypedValue {

    private TypedValue() {}

    /** @param value a text, number or boolean of the type; null is NULL */
    static void bind(PreparedStatement statement, int index, @Nullable Object value, Type type, Dialect dialect)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, dialect == Dialect.ORACLE ? Types.VARCHAR : sqlType(type));
            return;
        }
        switch (type) {
            case STRING -> statement.setString(index, String.valueOf(value));
            case DATE -> date(statement, index, LocalDate.parse(String.valueOf(value)), dialect);
            case TIMESTAMP -> timestamp(statement, index, LocalDateTime.parse(String.valueOf(value)), dialect);
            case INTEGER, NUMBER, BOOLEAN -> statement.setObject(index, value);
        }
    }

    private static void date(PreparedStatement statement, int index, LocalDate date, Dialect dialect)
            throws SQLException {
        if (isOfJava8(dialect)) {
            statement.setObject(index, date);
        } else {
            statement.setDate(index, Date.valueOf(date));
        }
    }

    private static void timestamp(PreparedStatement statement, int index, LocalDateTime time, Dialect dialect)
            throws SQLException {
        if (isOfJava8(dialect)) {
            statement.setObject(index, time);
        } else {
            statement.setTimestamp(index, Timestamp.valueOf(time));
        }
    }

    /** Whether the driver takes a {@code LocalDate}, which no time zone can move. */
    private static boolean isOfJava8(Dialect dialect) {
        return dialect != Dialect.TRINO && dialect != Dialect.UNKNOWN;
    }

    private static int sqlType(Type type) {
        return switch (type) {
            case STRING -> Types.VARCHAR;
            case INTEGER -> Types.INTEGER;
            case NUMBER -> Types.NUMERIC;
            case BOOLEAN -> Types.BOOLEAN;
            case DATE -> Types.DATE;
            case TIMESTAMP -> Types.TIMESTAMP;
        };
    }
}
