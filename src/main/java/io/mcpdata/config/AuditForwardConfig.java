package io.mcpdata.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Section {@code audit.forward}.
 *
 * @param file absolute; gets every audit row as a line of JSON
 */
public record AuditForwardConfig(@ConfigKey(told = false) Optional<Path> file) implements ConfigRecord {}
