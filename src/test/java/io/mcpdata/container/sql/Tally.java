package io.mcpdata.container.sql;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** How many statements of each kind ended how. */
final class Tally {

    /** How a statement ended. */
    enum End {
        REFUSED_BY_THE_GUARD,
        REFUSED_BY_THE_DATABASE,
        ENDED_BY_LIMITS,
        ANSWERED,
        UNANSWERED
    }

    private final Map<String, Map<End, Integer>> counts = new TreeMap<>();

    void count(String database, String kind, End end) {
        counts.computeIfAbsent(database + " " + kind, key -> new EnumMap<>(End.class))
                .merge(end, 1, Integer::sum);
        counts.computeIfAbsent(database + " (all)", key -> new EnumMap<>(End.class))
                .merge(end, 1, Integer::sum);
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder();
        counts.forEach((row, ends) -> table.append(row)
                .append(": ")
                .append(ends.values().stream().mapToInt(Integer::intValue).sum())
                .append(" attacks ")
                .append(ends)
                .append('\n'));
        return table.toString();
    }
}
