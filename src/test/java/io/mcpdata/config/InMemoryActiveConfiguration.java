package io.mcpdata.config;

import java.util.List;
import java.util.Map;

/** A configuration that a test writes as YAML and can change. */
public final class InMemoryActiveConfiguration implements ActiveConfiguration {

    private volatile PlatformConfig config = PlatformConfig.denyAll();
    private volatile boolean usable;
    private volatile List<String> problems = List.of("not read");

    /** In force with this text; it must be good. */
    public static InMemoryActiveConfiguration of(String yaml) {
        InMemoryActiveConfiguration configuration = new InMemoryActiveConfiguration();
        configuration.change(yaml);
        return configuration;
    }

    /** As if no valid file was ever read. */
    public static InMemoryActiveConfiguration none() {
        return new InMemoryActiveConfiguration();
    }

    public void change(String yaml) {
        ConfigReading reading = Reading.of(yaml, Map.of());
        config = reading.config()
                .orElseThrow(() -> new AssertionError(reading.errors().toString()));
        usable = true;
        problems = List.of();
    }

    /** An invalid version was refused; this one stays in force. */
    public void refuse(String problem) {
        problems = List.of(problem);
    }

    @Override
    public PlatformConfig config() {
        return config;
    }

    @Override
    public boolean usable() {
        return usable;
    }

    @Override
    public List<String> problems() {
        return problems;
    }
}
