package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonObjectBuilder;

/** {@code platform_info}: tells the agent its caller, its persona and what it may use. */
final class PlatformInfoTool implements ToolHandler {

    private final ActiveConfiguration configuration;

    PlatformInfoTool(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly("platform_info");
    }

    @Override
    public boolean isImmediate() {
        return true;
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        PlatformConfig config = configuration.config();
        JsonObjectBuilder persona =
                Json.object().add("name", invocation.personaName()).add("displayName", invocation.personaDisplayName());
        if (!invocation.personaDescription().isEmpty()) {
            persona.add("description", invocation.personaDescription());
        }
        var info = Json.object()
                .add("platform", config.server().name())
                .add(
                        "caller",
                        Json.object()
                                .add("name", invocation.callerName())
                                .add("authentication", invocation.authenticationMethod())
                                .add("roles", Json.strings(invocation.roles())))
                .add("persona", persona)
                .add(
                        "connections",
                        Json.strings(config.connections().stream()
                                .map(ConnectionConfig::name)
                                .filter(invocation::mayUse)
                                .toList()))
                .add("limits", limits(invocation.limits(config.limits())));
        return new ToolResponse(CallToolResult.structured(info.build()), -1);
    }

    private static JsonObjectBuilder limits(LimitsConfig limits) {
        JsonObjectBuilder told =
                Json.object().add("resultBytes", limits.resultBytes()).add("runningCalls", limits.callsPerCaller());
        if (limits.callsPerMinute() > 0) {
            told.add("callsPerMinute", limits.callsPerMinute());
        }
        return told;
    }
}
