package io.mcpdata.toolkit.sql;

import java.time.Duration;

/** Keeps the log from filling with the same report: it may be written again after a minute. Thread-safe. */
final class RepeatedReports {

    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private String last = "";
    private long at;

    synchronized boolean mayReport(String report) {
        long now = System.nanoTime();
        if (report.equals(last) && now - at < BETWEEN.toNanos()) {
            return false;
        }
        last = report;
        at = now;
        return true;
    }
}
