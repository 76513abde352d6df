/**
 * Read-only SQL over JDBC: the tools, the guard that lets nothing but one read through, and the connections.
 */
@NullMarked
package io.mcpdata.toolkit.sql;

import org.jspecify.annotations.NullMarked;
