package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.PlatformConfig;
import java.util.List;

/** A configuration that a test changes under the room's feet. */
final class ChangingConfiguration implements ActiveConfiguration {

    private PlatformConfig config = PlatformConfig.denyAll();

    void keys(boolean enabled, ApiKeyConfig... keys) {
        PlatformConfig none = PlatformConfig.denyAll();
        config = new PlatformConfig(
                none.server(),
                new ApiKeysConfig(enabled, true, List.of(keys)),
                none.personas(),
                none.connections(),
                none.audit(),
                none.limits());
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
