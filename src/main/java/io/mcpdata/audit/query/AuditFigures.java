package io.mcpdata.audit.query;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
        OptionalLong p95Micros) {

    /**
     * The members by their names in {@code docs/audit.md}: texts, numbers, and null without a number.
     *
     * @param by the groups; empty without them
     */
    public Map<String, @Nullable Object> members(Optional<AuditGroup> by) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("time", time.toString());
        by.ifPresent(groups -> members.put(groups.label(), group));
        if (!name.isEmpty()) {
            members.put("name", name);
        }
        members.put("calls", calls);
        members.put("refusals", refusals);
        members.put("errors", errors);
        members.put("p50_micros", p50Micros.isPresent() ? p50Micros.getAsLong() : null);
        members.put("p95_micros", p95Micros.isPresent() ? p95Micros.getAsLong() : null);
        return members;
    }
}
