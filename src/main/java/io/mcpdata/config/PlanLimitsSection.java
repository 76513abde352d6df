package io.mcpdata.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** Section {@code plan_limits} of a connection. */
final class PlanLimitsSection {

    private static final long MOST = 1_000_000_000_000_000L;
    private static final String EXPECTED = "a whole number from 1 to " + MOST;

    /** No leading zero: older YAML reads 010 as eight. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9][0-9]{0,15}");

    private static final Pattern CANNOT =
            Pattern.compile("jdbc:(h2|duckdb|sqlite|sqlserver|oracle):.*", Pattern.DOTALL);

    private PlanLimitsSection() {}

    /** @param source of the connection; empty if it is wrong, which is reported already */
    static Optional<PlanLimitsConfig> read(Section connection, Optional<ConnectionSource> source) {
        if (!connection.isGiven("plan_limits")) {
            return Optional.empty();
        }
        if (source.filter(PlanLimitsSection::cannot).isPresent()) {
            connection.error(
                    "plan_limits",
                    "limits for a database whose plans are not read",
                    "them on connections to PostgreSQL, MySQL, MariaDB or Trino only");
        }
        Section limits = connection.section("plan_limits").only("rows", "cost");
        if (!limits.isGiven("rows") && !limits.isGiven("cost")) {
            connection.error("plan_limits", "neither rows nor cost", "rows, cost or both");
        }
        return Optional.of(new PlanLimitsConfig(number("rows", limits), number("cost", limits)));
    }

    /** Whether the plans of the source are certainly not read. */
    private static boolean cannot(ConnectionSource source) {
        return source instanceof ConnectionSource.Demo
                || source instanceof ConnectionSource.Files
                || source instanceof ConnectionSource.Url url
                        && CANNOT.matcher(url.url().reveal()).matches();
    }

    private static Optional<Long> number(String key, Section limits) {
        return limits.isGiven(key) ? limits.required(key, EXPECTED, PlanLimitsSection::number) : Optional.empty();
    }

    private static Long number(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches() || Long.parseLong(text) > MOST) {
            throw new IllegalArgumentException("out of range");
        }
        return Long.valueOf(text);
    }
}
