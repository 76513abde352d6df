package io.mcpdata.config;

import java.util.List;
import java.util.Optional;

/**
 * The result of reading a file.
 *
 * @param config present if there is no error
 * @param warnings settings that work but should be changed
 */
public record ConfigReading(Optional<PlatformConfig> config, List<ConfigProblem> errors, List<ConfigProblem> warnings) {

    public ConfigReading {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}
