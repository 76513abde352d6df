/**
 * The hash chain of the audit trail: each row's hash covers the row before it, and signed checkpoints cover the newest
 * row. It writes, deletes and verifies rows so that a change of a row that is written is found.
 */
@NullMarked
package io.mcpdata.audit.chain;

import org.jspecify.annotations.NullMarked;
