/**
 * The platform's own database: its data source and its schema (migrations), for rooms that keep rows.
 */
@NullMarked
package io.mcpdata.store;

import org.jspecify.annotations.NullMarked;
