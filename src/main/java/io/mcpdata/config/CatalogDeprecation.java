package io.mcpdata.config;

import java.util.Optional;

/**
 * That a table should not be used any more.
 *
 * @param replacement the table to use instead, in the same connection; empty if there is none
 * @param reason empty if the file gives none
 */
public record CatalogDeprecation(Optional<CatalogTableName> replacement, String reason) implements ConfigRecord {}
