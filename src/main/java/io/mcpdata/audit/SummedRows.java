package io.mcpdata.audit;

/** Counts what gets no audit row of its own, to be told in sums. Every CDI bean of this type is discovered. Thread-safe. */
public interface SummedRows {

    /**
     * Writes the rows for all that was counted since the last time.
     *
     * @throws AuditUnavailableException if a row cannot be kept; what has no row yet is counted on
     */
    void report();
}
