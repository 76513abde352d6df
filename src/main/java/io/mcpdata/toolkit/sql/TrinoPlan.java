package io.mcpdata.toolkit.sql;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.OptionalDouble;

/**
 * The plan of Trino's {@code EXPLAIN (TYPE IO, FORMAT JSON)}: what is read of each table. A table without statistics has
 * the estimate {@code "NaN"}, and then the largest step is unknown. Belongs to one plan.
 */
final class TrinoPlan {

    private TrinoPlan() {}

    static PlanEstimate estimate(JsonObject plan) {
        JsonObject root = plan.getJsonObject("plan");
        JsonArray tables = root.getJsonArray("inputTableColumnInfos");
        OptionalDouble rows = OptionalDouble.of(0);
        String largest = "";
        for (JsonObject input : tables.getValuesAs(JsonObject.class)) {
            OptionalDouble read = number(input, "outputRowCount");
            if (read.isEmpty()) {
                rows = read;
            }
            if (rows.isPresent() && read.getAsDouble() >= rows.getAsDouble()) {
                rows = read;
                largest = "scan of " + name(input.getJsonObject("table"));
            }
        }
        OptionalDouble cost = number(root, "cpuCost");
        return new PlanEstimate(rows, cost.isEmpty() && tables.isEmpty() ? OptionalDouble.of(0) : cost, largest, "");
    }

    private static String name(JsonObject table) {
        JsonObject names = table.getJsonObject("schemaTable");
        return names.getString("schema") + "." + names.getString("table");
    }

    private static OptionalDouble number(JsonObject holder, String name) {
        JsonObject estimate =
                holder.containsKey("estimate") ? holder.getJsonObject("estimate") : JsonValue.EMPTY_JSON_OBJECT;
        return estimate.get(name) instanceof JsonNumber number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }
}
