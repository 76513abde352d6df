/**
 * What SQL may run: lexers by dialect, rules for functions, types and nesting, and the parsed tree as a second opinion.
 * Knows texts and rules, no connection.
 */
@NullMarked
package io.mcpdata.toolkit.sql.guard;

import org.jspecify.annotations.NullMarked;
