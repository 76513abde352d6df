package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/** How a product is asked for a plan as JSON, and how that is read. */
enum PlanSyntax {
    POSTGRESQL("EXPLAIN (FORMAT JSON) ", PostgresPlan::estimate),
    MYSQL("EXPLAIN FORMAT=JSON ", MySqlPlan::estimate),
    TRINO("EXPLAIN (TYPE IO, FORMAT JSON) ", TrinoPlan::estimate);

    private final String prefix;
    private final Function<JsonObject, PlanEstimate> reader;

    PlanSyntax(String prefix, Function<JsonObject, PlanEstimate> reader) {
        this.prefix = prefix;
        this.reader = reader;
    }

    /** Empty if the product's plans are not read. */
    static Optional<PlanSyntax> of(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> Optional.of(POSTGRESQL);
            case MYSQL, MARIADB -> Optional.of(MYSQL);
            case TRINO -> Optional.of(TRINO);
            case H2, SQLSERVER, ORACLE, DUCKDB, UNKNOWN -> Optional.empty();
        };
    }

    String prefix() {
        return prefix;
    }

    /**
     * @param plan an object whose member {@code plan} is the product's answer
     * @throws RuntimeException if it is not such a plan
     */
    PlanEstimate estimate(JsonObject plan) {
        return reader.apply(plan);
    }
}
