package io.mcpdata.audit.query;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts rows by interval and group while they are read. Of each call it keeps the duration alone. For one thread. */
final class AuditTally {

    static final int MOST_GROUPS = 100;
    static final int MOST_FIGURES = 10_000;

    private static final Set<String> CALLS = Arrays.stream(AuditEvent.Type.values())
            .filter(AuditEvent.Type::isCall)
            .map(Enum::name)
            .collect(Collectors.toUnmodifiableSet());

    private record Key(Instant begin, String group) {}

    private final AuditInterval interval;
    private final Map<Key, Figure> figures =
            new TreeMap<>(Comparator.comparing(Key::begin).thenComparing(Key::group));

    AuditTally(AuditInterval interval) {
        this.interval = interval;
    }

    /** @throws AuditReadRefused if there are too many groups or figures */
    void add(Instant time, String group, String name, String type, String outcome, long durationMicros, long rowCount) {
        Key key = new Key(interval.beginOf(time), group);
        Figure figure = figures.computeIfAbsent(key, absent -> new Figure());
        if (figures.size() > MOST_FIGURES) {
            checkGroups();
            throw AuditReadRefused.forGood("interval: found more than " + MOST_FIGURES + " figures; expected at most "
                    + MOST_FIGURES + ". Take a longer interval, or ask for less time with since and until");
        }
        if (figure.name.compareTo(name) < 0) {
            figure.name = name;
        }
        boolean denied = outcome.equals(Outcome.DENIED.name());
        if (denied) {
            // a row that sums up refusals has their number
            figure.refusals += Math.max(rowCount, 1);
        }
        if (CALLS.contains(type)) {
            figure.calls++;
            figure.errors += outcome.equals(Outcome.ERROR.name()) ? 1 : 0;
            if (!denied) {
                figure.measured(durationMicros);
            }
        }
    }

    /**
     * The figures, oldest first. Called once, at the end.
     *
     * @throws AuditReadRefused if there are too many groups
     */
    List<AuditFigures> figures() {
        checkGroups();
        return figures.entrySet().stream()
                .map(one -> one.getValue().of(one.getKey()))
                .toList();
    }

    private void checkGroups() {
        if (figures.keySet().stream().map(Key::group).distinct().count() > MOST_GROUPS) {
            throw AuditReadRefused.forGood("by: found more than " + MOST_GROUPS + " groups; expected at most "
                    + MOST_GROUPS + ". Add a filter, or ask for less time with since and until");
        }
    }

    private static final class Figure {

        private String name = "";
        private long calls;
        private long refusals;
        private long errors;
        private long[] durations = new long[4];
        private int measured;

        void measured(long micros) {
            if (measured == durations.length) {
                durations = Arrays.copyOf(durations, measured * 2);
            }
            durations[measured++] = micros;
        }

        AuditFigures of(Key key) {
            Arrays.sort(durations, 0, measured);
            return new AuditFigures(
                    key.begin(), key.group(), name, calls, refusals, errors, percentile(0.5), percentile(0.95));
        }

        /** Between two durations, their weighted mean: as PERCENTILE_CONT of SQL. */
        private OptionalLong percentile(double share) {
            if (measured == 0) {
                return OptionalLong.empty();
            }
            double place = share * (measured - 1);
            int below = (int) place;
            int above = Math.min(below + 1, measured - 1);
            return OptionalLong.of(
                    durations[below] + Math.round((place - below) * (durations[above] - durations[below])));
        }
    }
}
