package io.mcpdata.testing;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.PlatformConfig;
import java.util.List;

/** In force is what the test sets; until then nothing is configured. */
public class SettableConfiguration implements ActiveConfiguration {

    private volatile PlatformConfig config = PlatformConfig.denyAll();

    public final void set(PlatformConfig next) {
        config = next;
    }

    @Override
    public PlatformConfig config() {
        return config;
    }

    @Override
    public boolean usable() {
        return true;
    }

    @Override
    public List<String> problems() {
        return List.of();
    }
}
