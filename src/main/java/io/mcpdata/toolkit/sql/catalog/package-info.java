/** What is known about tables: the database's names and comments, the operator's own words, and the search over both. */
@NullMarked
package io.mcpdata.toolkit.sql.catalog;

import org.jspecify.annotations.NullMarked;
