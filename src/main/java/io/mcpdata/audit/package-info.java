/**
 * The audit trail: {@link io.mcpdata.audit.AuditLog} takes one {@link io.mcpdata.audit.AuditEvent} per call, refusal,
 * failed login, stream and change, and keeps it in the platform store.
 */
@NullMarked
package io.mcpdata.audit;

import org.jspecify.annotations.NullMarked;
