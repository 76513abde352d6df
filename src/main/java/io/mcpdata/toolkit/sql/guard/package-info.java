/**
 * Decides which SQL may run: lexers by dialect, rules for functions, types and nesting, and the parse tree as a second
 * check. Uses texts and rules only, no connection.
 */
@NullMarked
package io.mcpdata.toolkit.sql.guard;

import org.jspecify.annotations.NullMarked;
