package io.mcpdata.config;

import java.util.List;
import java.util.Optional;

/**
 * An argument of a prompt.
 *
 * @param title empty if the file gives none
 * @param description empty if the file gives none
 * @param values suggestions for completion, in the order of the file; empty if {@code completes} is present
 * @param completes the names of the data sources that completion suggests
 */
public record PromptArgumentConfig(
        String name,
        String title,
        String description,

        @ConfigKey(about = "Whether a client must give a value", standard = "false")
        boolean required,

        List<String> values,
        Optional<Completes> completes)
        implements ConfigRecord {

    /** What completion suggests for an argument. */
    public enum Completes {
        CONNECTION,
        SCHEMA,
        TABLE,
        COLUMN
    }

    public PromptArgumentConfig {
        values = List.copyOf(values);
    }
}
