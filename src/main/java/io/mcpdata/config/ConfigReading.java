package io.mcpdata.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of reading a file.
 *
 * @param config present if there is no error
 * @param warnings settings that work but should be changed
 * @param files the files that hold values or the catalog, as {@code ${file:/path}} and {@code catalog.files} name them
 */
public record ConfigReading(
        Optional<PlatformConfig> config, List<ConfigProblem> errors, List<ConfigProblem> warnings, Set<Path> files) {

    public ConfigReading {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
        files = Set.copyOf(files);
    }
}
