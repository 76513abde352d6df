package io.mcpdata.audit.query;

import java.time.Instant;

/** The place of a row among all rows, newest first: by its time, then by its number. Immutable. */
public record AuditPosition(Instant time, long id) {}
