package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.testing.SettableConfiguration;
import java.util.List;
import java.util.Optional;

/** A configuration that a test changes while the classes under test use it. */
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

    /** As {@link #keys}, with a connection that tells its database who the caller is. */
    void keysKnownToADatabase(ApiKeyConfig... keys) {
        PlatformConfig told = new PlatformConfigReader(name -> Optional.empty())
                .read("platform.yaml", """
                        connections:
                          sales: {jndi: jdbc/sales, identity: {variables: {app.caller: identity}}}
                        """)
                .config()
                .orElseThrow();
        set(new PlatformConfig(
                told.server(),
                new ApiKeysConfig(true, true, List.of(keys)),
                told.personas(),
                told.connections(),
                told.audit(),
                told.limits()));
    }
}
