package io.mcpdata.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A text read as {@code platform.yaml}, with variables. */
final class Reading {

    static final String KEY = "a-key-for-tests-0123456789";
    static final Map<String, String> VARIABLES = Map.of(
            "KEY",
            KEY,
            "OTHER_KEY",
            "another-key-for-tests-98765",
            "CANARY",
            "canary-4711-canary-4711",
            "EMPTY",
            "",
            "PADDED",
            "padded\n");

    private Reading() {}

    static ConfigReading of(String text) {
        return of(text, VARIABLES);
    }

    static ConfigReading of(String text, Map<String, String> variables) {
        return new PlatformConfigReader(name -> Optional.ofNullable(variables.get(name))).read("platform.yaml", text);
    }

    /** The configuration of a text that must be good. */
    static PlatformConfig config(String text) {
        ConfigReading reading = of(text);
        return reading.config()
                .orElseThrow(() -> new AssertionError(reading.errors().toString()));
    }

    static List<String> errors(String text) {
        ConfigReading reading = of(text);
        if (reading.config().isPresent() != reading.errors().isEmpty()) {
            throw new AssertionError("either a configuration or errors: " + reading);
        }
        return reading.errors().stream().map(ConfigProblem::toString).toList();
    }

    static List<String> warnings(String text) {
        return of(text).warnings().stream().map(ConfigProblem::toString).toList();
    }
}
