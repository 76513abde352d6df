package io.mcpdata.config;

import java.util.List;

/**
 * Section {@code auth.api_keys}.
 *
 * @param queryParameter whether {@code ?api_key=} is accepted on the {@code GET} of an event stream
 */
public record ApiKeysConfig(boolean enabled, boolean queryParameter, List<ApiKeyConfig> keys) {

    public static final ApiKeysConfig NONE = new ApiKeysConfig(false, false, List.of());

    public ApiKeysConfig {
        keys = List.copyOf(keys);
    }
}
