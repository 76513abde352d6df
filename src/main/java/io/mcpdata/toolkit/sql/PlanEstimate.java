package io.mcpdata.toolkit.sql;

import java.util.OptionalDouble;

/**
 * What a database estimates for a statement.
 *
 * @param rows of the largest step; empty if the plan does not say
 * @param cost of the whole plan; empty if the plan does not say
 * @param largest the step with the most rows, such as {@code Seq Scan on orders}; empty if there is none
 * @param dearest the step that costs most by itself; empty if the plan does not say
 */
record PlanEstimate(OptionalDouble rows, OptionalDouble cost, String largest, String dearest) {}
