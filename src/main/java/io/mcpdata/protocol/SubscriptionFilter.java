package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * The notifications that a client wants, in {@code subscriptions/listen} of revision 2026-07-28. The platform's lists are
 * those of its tools; it agrees to nothing else.
 */
public record SubscriptionFilter(boolean toolsListChanged) {

    private static final String TOOLS = "toolsListChanged";

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if there is no filter */
    public static SubscriptionFilter from(JsonObject params) {
        JsonObject wanted = Members.object(params, "params", "notifications");
        return new SubscriptionFilter(JsonValue.TRUE.equals(wanted.get(TOOLS)));
    }

    /** What the platform agrees to. */
    public JsonObject toJson() {
        return toolsListChanged ? Json.object().add(TOOLS, true).build() : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** Whether the client wants this notification. */
    public boolean wants(String method) {
        return toolsListChanged && method.equals("notifications/tools/list_changed");
    }
}
