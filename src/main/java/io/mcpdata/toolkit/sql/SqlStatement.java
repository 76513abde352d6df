package io.mcpdata.toolkit.sql;

import io.mcpdata.config.QueryParameterConfig.Type;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.GuardedStatement;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One statement with the values of its {@code ?} markers, which are sent separately from the text. Immutable.
 *
 * @param markers how many markers the guard counted; the number of values until it has
 * @param types those of the values; none of a value that has the type that JSON gives it, and an empty list if all have
 */
record SqlStatement(String sql, List<JsonValue> parameters, int markers, List<Optional<Type>> types) {

    /** The prefix of a statement that is explained and not executed. */
    static final String EXPLAIN = "EXPLAIN ";

    /** Every prefix of a statement that is not executed, the one that begins as others do last. */
    private static final List<String> EXPLAINS = Stream.concat(
                    Stream.of(PlanSyntax.values()).map(PlanSyntax::prefix), Stream.of(EXPLAIN))
            .toList();

    private static final int MOST_DIGITS = 1_000;

    SqlStatement {
        parameters = List.copyOf(parameters);
        types = List.copyOf(types);
    }

    SqlStatement(String sql, List<JsonValue> parameters) {
        this(sql, parameters, parameters.size(), List.of());
    }

    /** The arguments {@code sql} and {@code parameters} of a call. */
    static SqlStatement of(JsonObject arguments) {
        List<JsonValue> parameters =
                arguments.containsKey("parameters") ? List.copyOf(arguments.getJsonArray("parameters")) : List.of();
        return new SqlStatement(arguments.getString("sql"), parameters);
    }

    /** The part of this statement that the guard accepted. */
    SqlStatement guarded(GuardedStatement statement) {
        return new SqlStatement(
                statement.sql(), parameters, statement.markers().places().size(), types);
    }

    SqlStatement withSql(String newSql) {
        return new SqlStatement(newSql, parameters, markers, types);
    }

    SqlStatement explained() {
        return withSql(EXPLAIN + sql);
    }

    /** The text without the prefix of a statement that is not executed. */
    static String withoutExplain(String sql) {
        return EXPLAINS.stream()
                .filter(sql::startsWith)
                .findFirst()
                .map(prefix -> sql.substring(prefix.length()))
                .orElse(sql);
    }

    /**
     * A driver's statement for {@link #execute}. In a prepared statement {@code ?} is always a marker, and {@code ??}
     * is PostgreSQL's operator {@code ?}. Without parameters a single {@code ?} may be that operator, so PostgreSQL
     * gets a plain statement, which has no markers.
     */
    Statement open(Connection connection, Dialect dialect) throws SQLException {
        boolean operators = dialect == Dialect.POSTGRESQL && markers > 0;
        if (!parameters.isEmpty() || (sql.indexOf('?') >= 0 && !operators)) {
            return connection.prepareStatement(sql);
        }
        Statement plain = connection.createStatement();
        plain.setEscapeProcessing(false);
        return plain;
    }

    /**
     * The rows of the one statement that returns rows; a setting may precede it.
     *
     * @throws ToolException if there are more or fewer values than markers
     */
    ResultSet execute(Statement statement, Dialect dialect) throws SQLException {
        boolean rows;
        if (statement instanceof PreparedStatement prepared) {
            bind(prepared, dialect);
            rows = prepared.execute();
        } else {
            rows = statement.execute(sql);
        }
        while (!rows && statement.getUpdateCount() >= 0) {
            rows = statement.getMoreResults();
        }
        if (!rows) {
            throw new SQLException("the statement gave no rows", "02000");
        }
        return statement.getResultSet();
    }

    private void bind(PreparedStatement statement, Dialect dialect) throws SQLException {
        checkCount();
        for (int i = 0; i < markers; i++) {
            @Nullable Object value = value(parameters.get(i));
            Optional<Type> type = types.isEmpty() ? Optional.empty() : types.get(i);
            if (type.isPresent()) {
                TypedValue.bind(statement, i + 1, value, type.get(), dialect);
            } else if (dialect == Dialect.POSTGRESQL && value instanceof String) {
                // so that the database determines the type, as for a literal: a date is compared with a date
                statement.setObject(i + 1, value, Types.OTHER);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** @throws ToolException if there are more or fewer values than markers */
    void checkCount() {
        if (markers != parameters.size()) {
            throw new ToolException(
                    "invalid_parameters",
                    "The statement has " + markers + " parameter markers (?), but parameters has " + parameters.size()
                            + " values. Give one value for each marker, in order.");
        }
    }

    private static @Nullable Object value(JsonValue json) {
        return switch (json.getValueType()) {
            case STRING -> ((JsonString) json).getString();
            case NUMBER -> number((JsonNumber) json);
            case TRUE -> Boolean.TRUE;
            case FALSE -> Boolean.FALSE;
            case NULL -> null;
            case ARRAY, OBJECT ->
                throw new ToolException(
                        "invalid_parameters", "A parameter is a string, a number, true, false or null.");
        };
    }

    private static Object number(JsonNumber json) {
        BigDecimal decimal = json.bigDecimalValue();
        // 1e999999999 is short here, but a gigabyte in the driver
        if (Math.abs((long) decimal.scale()) > MOST_DIGITS || decimal.precision() > MOST_DIGITS) {
            throw new ToolException(
                    "invalid_parameters", "A number may have at most " + MOST_DIGITS + " digits; send it as text.");
        }
        if (decimal.scale() != 0 || decimal.precision() > 18) {
            return decimal;
        }
        // the smallest type that fits: functions that take an INT accept no BIGINT
        long whole = decimal.longValueExact();
        if (whole == (int) whole) {
            return (int) whole;
        }
        return whole;
    }
}
