/** Read-only SQL over JDBC: the tools, the guard that accepts only one reading statement, and the connections. */
@NullMarked
package io.mcpdata.toolkit.sql;

import org.jspecify.annotations.NullMarked;
