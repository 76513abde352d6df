package io.mcpdata.config;

import java.util.List;
import java.util.Optional;

/**
 * What reading a file gave.
 *
 * @param config present if there is no error
 * @param warnings what works but should not stay
 */
public record ConfigReading(Optional<PlatformConfig> config, List<ConfigProblem> errors, List<ConfigProblem> warnings) {

    public ConfigReading {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }
}
