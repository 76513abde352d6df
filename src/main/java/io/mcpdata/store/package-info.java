/** The platform's own database: its data source and its schema (migrations), for packages that keep rows. */
@NullMarked
package io.mcpdata.store;

import org.jspecify.annotations.NullMarked;
