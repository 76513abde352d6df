/** Reads the audit trail: pages of rows, one row, and figures. It changes no row. */
@NullMarked
package io.mcpdata.audit.query;

import org.jspecify.annotations.NullMarked;
