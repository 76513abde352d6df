package io.mcpdata.config;

import java.util.Optional;

/**
 * Section {@code plan_limits} of a connection: the most that the database may estimate for a statement that runs. One of
 * the two is given.
 *
 * @param rows of the largest step of the plan
 * @param cost of the whole plan, in the unit of the database
 */
public record PlanLimitsConfig(Optional<Long> rows, Optional<Long> cost) implements ConfigRecord {}
