package io.mcpdata.config;

import java.util.List;

/** Event: a new version of the file was refused, and the old one stays in force. */
public record ConfigurationRejected(List<String> problems) {

    public ConfigurationRejected {
        problems = List.copyOf(problems);
    }
}
