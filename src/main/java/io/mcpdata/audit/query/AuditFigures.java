package io.mcpdata.audit.query;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * The figures of one group in one interval. Durations are those of calls that were not refused. Immutable.
 *
 * @param time the begin of the interval
 * @param group the group's value; empty without groups, and for rows that have none
 * @param name the name of the caller, if callers are the groups
 * @param calls calls to tools, resources, prompts and skills, with refused and failed ones
 * @param refusals all refusals, with those that are summed up in one row, and those of requests that were no calls
 * @param errors calls that failed
 * @param p50Micros half of the calls took no longer, in microseconds; empty without calls
 * @param p95Micros 95 % of the calls took no longer
 */
public record AuditFigures(
        Instant time,
        String group,
        String name,
        long calls,
        long refusals,
        long errors,
        OptionalLong p50Micros,
        OptionalLong p95Micros) {}
