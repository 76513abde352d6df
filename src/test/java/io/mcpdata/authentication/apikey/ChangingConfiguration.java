package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.testing.SettableConfiguration;
import java.util.List;

/** A configuration that a test changes under the room's feet. */
final class ChangingConfiguration extends SettableConfiguration {

    void keys(boolean enabled, ApiKeyConfig... keys) {
        PlatformConfig none = PlatformConfig.denyAll();
        set(new PlatformConfig(
                none.server(),
                new ApiKeysConfig(enabled, true, List.of(keys)),
                none.personas(),
                none.connections(),
                none.audit(),
                none.limits()));
    }
}
