package io.mcpdata.audit;

/**
 * Counts events that get no audit row of their own and are reported as sums. Every CDI bean of this type is discovered.
 * Thread-safe.
 */
public interface SummedRows {

    /**
     * Writes the rows for all events counted since the last report.
     *
     * @throws AuditUnavailableException if a row cannot be kept; what has no row yet stays counted
     */
    void report();
}
