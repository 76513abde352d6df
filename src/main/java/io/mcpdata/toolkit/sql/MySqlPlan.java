package io.mcpdata.toolkit.sql;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.OptionalDouble;

/**
 * The plan of {@code EXPLAIN FORMAT=JSON} of MySQL and MariaDB: the rows that each table of a join is read for, as a
 * product over the tables before it. MySQL's second format has a tree of operations instead. Belongs to one plan.
 */
final class MySqlPlan {

    private static final double NO_TABLE = -1;

    private double rows;
    private double cost;
    private String largest = "";
    private String dearest = "";
    private boolean tables;
    private boolean costs;
    private double dearestCost;

    static PlanEstimate estimate(JsonObject plan) {
        JsonObject root = plan.getJsonObject("plan");
        MySqlPlan reading = new MySqlPlan();
        if (root.containsKey("query_plan")) {
            JsonObject operations = root.getJsonObject("query_plan");
            reading.operation(operations);
            return reading.told(OptionalDouble.of(required(operations, "estimated_total_cost")));
        }
        if (!root.containsKey("query_block")) {
            throw new IllegalArgumentException("no query_block");
        }
        reading.visit(root, 1);
        boolean known = reading.costs || !reading.tables;
        return reading.told(known ? OptionalDouble.of(reading.cost) : OptionalDouble.empty());
    }

    private PlanEstimate told(OptionalDouble ofAll) {
        return new PlanEstimate(OptionalDouble.of(rows), ofAll, largest, dearest);
    }

    private void operation(JsonObject node) {
        take(required(node, "estimated_rows"), node.getString("operation", ""));
        if (node.containsKey("inputs")) {
            node.getJsonArray("inputs").getValuesAs(JsonObject.class).forEach(this::operation);
        }
    }

    /**
     * @param before how many rows the tables before this one give
     * @return how many rows there are after it, or {@link #NO_TABLE} if there is no table in it
     */
    private double visit(JsonValue value, double before) {
        if (value instanceof JsonArray items) {
            items.forEach(item -> visit(item, 1));
            return NO_TABLE;
        }
        if (!(value instanceof JsonObject node)) {
            return NO_TABLE;
        }
        if (node.containsKey("table_name")) {
            return table(node, before);
        }
        addCost(node);
        double after = NO_TABLE;
        for (String name : node.keySet()) {
            JsonValue member = node.get(name);
            double next = name.equals("nested_loop") ? join(member.asJsonArray(), before) : visit(member, before);
            after = next == NO_TABLE ? after : next;
        }
        return after;
    }

    private double join(JsonArray steps, double before) {
        double after = before;
        for (JsonValue step : steps) {
            double next = visit(step, after);
            after = next == NO_TABLE ? after : next;
        }
        return after;
    }

    private double table(JsonObject table, double before) {
        String name = table.getString("table_name");
        tables = true;
        // what is behind it runs once, however many rows are before it
        table.values().forEach(member -> visit(member, 1));
        String key = table.containsKey("rows") ? "rows" : "rows_examined_per_scan";
        if (!table.containsKey(key) && name.startsWith("<")) {
            // the result of a UNION, whose parts are counted
            return before;
        }
        double read = before * required(table, key);
        take(read, table.getString("access_type", "read") + " on " + name);
        return read * (table.containsKey("filtered") ? required(table, "filtered") / 100 : 1);
    }

    private void addCost(JsonObject block) {
        if (!block.containsKey("select_id")) {
            return;
        }
        JsonValue holder = block.getOrDefault("cost_info", block);
        String key = holder == block ? "cost" : "query_cost";
        if (holder.asJsonObject().containsKey(key)) {
            double own = required(holder.asJsonObject(), key);
            costs = true;
            cost += own;
            if (own > dearestCost) {
                dearestCost = own;
                dearest = "SELECT number " + block.get("select_id");
            }
        }
    }

    private void take(double read, String step) {
        if (read > rows || largest.isEmpty()) {
            rows = read;
            largest = step;
        }
    }

    /** MySQL gives some numbers as text. */
    private static double required(JsonObject node, String name) {
        JsonValue value = node.get(name);
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        if (value instanceof JsonString text) {
            return Double.parseDouble(text.getString());
        }
        throw new IllegalArgumentException("no " + name);
    }
}
