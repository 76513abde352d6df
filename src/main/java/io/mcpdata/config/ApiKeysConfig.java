package io.mcpdata.config;

import java.util.List;

/** Section {@code auth.api_keys}. */
public record ApiKeysConfig(
        boolean enabled,

        @ConfigKey(about = "Whether ?api_key= is accepted on the GET of an event stream", standard = "true")
        boolean queryParameter,

        List<ApiKeyConfig> keys)
        implements ConfigRecord {

    public static final ApiKeysConfig NONE = new ApiKeysConfig(false, false, List.of());

    public ApiKeysConfig {
        keys = List.copyOf(keys);
    }
}
