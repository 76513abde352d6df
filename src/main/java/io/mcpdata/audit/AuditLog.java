package io.mcpdata.audit;

/** Takes audit rows. Thread-safe. */
public interface AuditLog {

    /**
     * Records the event. Refusals, failed logins and administrative changes (and, with {@code audit.mode: strict},
     * everything) are durable when this returns; other rows are within the bound stated in the documentation.
     *
     * @throws AuditUnavailableException if the row had to be durable and could not be made so, or the queue is full;
     *     the caller must then refuse what it was about to do
     */
    void record(AuditEvent event);
}
