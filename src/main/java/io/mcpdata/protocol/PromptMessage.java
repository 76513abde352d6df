package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;

/** {@code PromptMessage} of the MCP schema. Immutable and thread-safe. */
public record PromptMessage(Role role, ContentBlock content) {

    /** {@code Role} of the MCP schema. */
    public enum Role {
        USER("user"),
        ASSISTANT("assistant");

        private final String label;

        Role(String label) {
            this.label = label;
        }
    }

    public static PromptMessage user(String text) {
        return new PromptMessage(Role.USER, ContentBlock.text(text));
    }

    JsonObject toJson(ClientRevision client) {
        return Json.object()
                .add("role", role.label)
                .add("content", content.toJson(client))
                .build();
    }
}
