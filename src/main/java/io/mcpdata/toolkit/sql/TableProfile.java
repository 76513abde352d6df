package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes figures about columns with a few statements, over a bounded number of rows. Belongs to one call. */
final class TableProfile {

    static final int MOST_ROWS = 100_000;

    private static final int MOST_FREQUENT = 5;
    private static final int MOST_BYTES = 256 * 1024;
    private static final Set<Integer> ORDERED = Set.of(
            Types.TINYINT,
            Types.SMALLINT,
            Types.INTEGER,
            Types.BIGINT,
            Types.DECIMAL,
            Types.NUMERIC,
            Types.REAL,
            Types.FLOAT,
            Types.DOUBLE,
            Types.CHAR,
            Types.VARCHAR,
            Types.NCHAR,
            Types.NVARCHAR,
            Types.DATE,
            Types.TIME,
            Types.TIMESTAMP,
            Types.TIMESTAMP_WITH_TIMEZONE,
            Types.TIME_WITH_TIMEZONE);

    private final SqlQueries queries;
    private final ConnectionConfig connection;
    private final TableSql sql;
    private final Cancellation cancellation;
    private final long end;

    /** @param queries of the caller */
    TableProfile(SqlQueries queries, ConnectionConfig connection, TableSql sql, Cancellation cancellation) {
        this.queries = queries;
        this.connection = connection;
        this.sql = sql;
        this.cancellation = cancellation;
        this.end = System.nanoTime() + connection.timeout().toNanos();
    }

    /**
     * @param columns their types by name
     * @param masked columns that the answer names only, as the following
     */
    JsonObject of(Map<String, Integer> columns, List<String> masked, List<String> leftOut) {
        JsonArray counted = row(counts(columns));
        long read = number(counted.get(0));
        JsonArrayBuilder told = Json.array();
        List<String> withoutTop = new ArrayList<>();
        int at = 1;
        for (Map.Entry<String, Integer> column : columns.entrySet()) {
            JsonObjectBuilder one = Json.object().add("name", column.getKey());
            long values = number(counted.get(at++));
            one.add("nulls", read - values);
            if (isCompared(column.getValue())) {
                long distinct = number(counted.get(at++));
                one.add("distinct", distinct);
                if (isOrdered(column.getValue())) {
                    add(one, "min", counted.get(at++));
                    add(one, "max", counted.get(at++));
                }
                if (distinct > 0 && distinct < values) {
                    addFrequent(one, column.getKey(), withoutTop);
                }
            }
            told.add(one);
        }
        JsonObjectBuilder profile = Json.object();
        if (read < MOST_ROWS) {
            profile.add("rows", read);
        } else {
            profile.add("rows", all(read)).add("rowsRead", read);
        }
        profile.add("columns", told);
        addNames(profile, "masked", masked);
        addNames(profile, "columnsLeftOut", leftOut);
        addNames(profile, "topLeftOut", withoutTop);
        return profile.build();
    }

    private String counts(Map<String, Integer> columns) {
        List<String> figures = new ArrayList<>(List.of("COUNT(*)"));
        columns.forEach((name, type) -> {
            String column = sql.quoted(name);
            figures.add("COUNT(" + column + ")");
            if (isCompared(type)) {
                figures.add("COUNT(DISTINCT " + column + ")");
            }
            if (isOrdered(type)) {
                figures.add("MIN(" + column + ")");
                figures.add("MAX(" + column + ")");
            }
        });
        return "SELECT " + String.join(", ", figures) + " FROM (" + sql.rows(List.copyOf(columns.keySet()), MOST_ROWS)
                + ") p";
    }

    /** The number of all rows, or of those read if they cannot be counted in time. */
    private long all(long read) {
        try {
            return number(row("SELECT COUNT(*) FROM " + sql.table()).get(0));
        } catch (ToolException e) {
            if (!e.category().equals("timeout")) {
                throw e;
            }
            return read;
        }
    }

    private void addFrequent(JsonObjectBuilder one, String name, List<String> withoutTop) {
        if (System.nanoTime() > end) {
            withoutTop.add(name);
            return;
        }
        String column = sql.quoted(name);
        String statement = sql.limited(
                "SELECT ",
                column + ", COUNT(*) FROM (" + sql.rows(List.of(name), MOST_ROWS) + ") p WHERE " + column
                        + " IS NOT NULL GROUP BY " + column + " ORDER BY 2 DESC, 1",
                MOST_FREQUENT);
        try {
            JsonArrayBuilder top = Json.array();
            for (JsonValue row : rows(statement, MOST_FREQUENT)) {
                top.add(Json.array()
                        .add(SampleValues.shortened(row.asJsonArray().get(0)))
                        .add(number(row.asJsonArray().get(1))));
            }
            one.add("top", top);
        } catch (ToolException e) {
            if (!e.category().equals("timeout")) {
                throw e;
            }
            withoutTop.add(name);
        }
    }

    private JsonArray row(String statement) {
        return rows(statement, 1).getJsonArray(0);
    }

    private JsonArray rows(String statement, int most) {
        return queries.query(connection, new SqlStatement(statement, List.of()), most, MOST_BYTES, cancellation)
                .getJsonArray("rows");
    }

    private static boolean isOrdered(int type) {
        return ORDERED.contains(type);
    }

    private boolean isCompared(int type) {
        boolean mysql = sql.profile().dialect().isMySql();
        return isOrdered(type) || type == Types.BIT || type == Types.BOOLEAN || mysql && type == Types.LONGVARCHAR;
    }

    private static void add(JsonObjectBuilder to, String name, JsonValue value) {
        if (value != JsonValue.NULL) {
            to.add(name, SampleValues.shortened(value));
        }
    }

    private static void addNames(JsonObjectBuilder to, String name, List<String> names) {
        if (!names.isEmpty()) {
            to.add(name, Json.strings(names));
        }
    }

    private static long number(JsonValue value) {
        return value instanceof JsonNumber number
                ? number.longValue()
                : Long.parseLong(((JsonString) value).getString());
    }
}
