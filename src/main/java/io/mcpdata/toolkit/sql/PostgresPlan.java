package io.mcpdata.toolkit.sql;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.OptionalDouble;
import java.util.Set;

/** The plan of PostgreSQL's {@code EXPLAIN (FORMAT JSON)}. Belongs to one plan. */
final class PostgresPlan {

    /** Steps that read all their input before they give a row, so that a LIMIT above them shortens nothing below. */
    private static final Set<String> READ_ALL = Set.of("Aggregate", "Hash", "Sort", "WindowAgg", "SetOp");

    private double rows;
    private double dearestCost;
    private String largest = "";
    private String dearest = "";

    static PlanEstimate estimate(JsonObject plan) {
        JsonObject root = plan.getJsonArray("plan").getJsonObject(0).getJsonObject("Plan");
        PostgresPlan reading = new PostgresPlan();
        reading.visit(root, 1);
        return new PlanEstimate(
                OptionalDouble.of(reading.rows),
                OptionalDouble.of(number(root, "Total Cost")),
                reading.largest,
                reading.dearest);
    }

    /** @param share of the estimated rows of the step: less below a LIMIT, more below a step that collects workers */
    private void visit(JsonObject node, double share) {
        String type = node.getString("Node Type");
        String step = node.containsKey("Relation Name") ? type + " on " + node.getString("Relation Name") : type;
        double given = number(node, "Plan Rows") * share;
        if (given > rows || largest.isEmpty()) {
            rows = given;
            largest = step;
        }
        double own = number(node, "Total Cost");
        JsonArray below = node.containsKey("Plans") ? node.getJsonArray("Plans") : JsonValue.EMPTY_JSON_ARRAY;
        for (JsonObject child : below.getValuesAs(JsonObject.class)) {
            own -= number(child, "Total Cost");
            visit(child, share(node, type, child, share));
        }
        if (own > dearestCost || dearest.isEmpty()) {
            dearestCost = own;
            dearest = step;
        }
    }

    private static double share(JsonObject node, String type, JsonObject child, double share) {
        if (READ_ALL.contains(type)) {
            return Math.max(1, share);
        }
        if (type.equals("Limit")) {
            double all = number(child, "Plan Rows");
            return all > 0 ? share * Math.min(1, number(node, "Plan Rows") / all) : share;
        }
        return node.containsKey("Workers Planned") ? share * processes(number(node, "Workers Planned")) : share;
    }

    /** By how much the planner divides the rows of a parallel step: the leader helps less, the more workers it has. */
    private static double processes(double workers) {
        return workers + Math.max(0, 1 - 0.3 * workers);
    }

    private static double number(JsonObject node, String name) {
        return node.getJsonNumber(name).doubleValue();
    }
}
