/** Statements that callers should not get through, against databases whose accounts could do harm. */
@NullMarked
package io.mcpdata.container.sql;

import org.jspecify.annotations.NullMarked;
