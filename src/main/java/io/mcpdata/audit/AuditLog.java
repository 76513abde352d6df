package io.mcpdata.audit;

/** Takes audit rows. Thread-safe. */
public interface AuditLog {

    /**
     * Records the event. Refusals, failed logins and administrative changes (and, with {@code audit.mode: strict},
     * everything) are durable when this returns; other rows are durable within the time stated in the documentation.
     *
     * @throws AuditUnavailableException if the row had to be durable and could not be made so, or the queue is full;
     *     the caller must then refuse the audited action
     */
    void record(AuditEvent event);
}
