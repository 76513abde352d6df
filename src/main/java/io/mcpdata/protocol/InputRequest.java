package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * A request of the server to its client: a question for the user, a message for the client's model, or for its root
 * folders. In revision 2026-07-28 it is an entry of {@code inputRequests}. Immutable and thread-safe.
 */
public record InputRequest(Kind kind, JsonObject params) {

    /** The requests there are, and the capability that a client must have for each. */
    public enum Kind {
        ELICITATION("elicitation/create", "elicitation"),
        SAMPLING("sampling/createMessage", "sampling"),
        ROOTS("roots/list", "roots");

        private final String method;
        private final String capability;

        Kind(String method, String capability) {
            this.method = method;
            this.capability = capability;
        }

        public String method() {
            return method;
        }

        public String capability() {
            return capability;
        }

        /** Whether a client with these capabilities answers such requests. */
        public boolean isIn(JsonObject capabilities) {
            // a client without modes, or of a revision before them, shows forms
            return capabilities.get(capability) instanceof JsonObject declared
                    && (this != ELICITATION || declared.containsKey("form") || !declared.containsKey("url"));
        }
    }

    /**
     * A form for the user.
     *
     * @param requestedSchema a flat JSON Schema of primitive properties
     */
    public static InputRequest elicitation(String message, JsonObject requestedSchema) {
        return new InputRequest(
                Kind.ELICITATION,
                Json.object()
                        .add("message", message)
                        .add("requestedSchema", requestedSchema)
                        .build());
    }

    /** A message for the client's model. */
    public static InputRequest sampling(String text, int maxTokens) {
        return new InputRequest(
                Kind.SAMPLING,
                Json.object()
                        .add(
                                "messages",
                                Json.array()
                                        .add(PromptMessage.user(text)
                                                .toJson(ClientRevision.of(ProtocolVersion.V2025_11_25))))
                        .add("maxTokens", maxTokens)
                        .build());
    }

    public static InputRequest roots() {
        return new InputRequest(Kind.ROOTS, JsonValue.EMPTY_JSON_OBJECT);
    }

    public String method() {
        return kind.method();
    }

    JsonObject toJson() {
        return Json.object().add("method", method()).add("params", params).build();
    }

    /** The capability as the client would declare it. */
    public JsonObject requiredCapability() {
        return Json.object().add(kind.capability(), JsonValue.EMPTY_JSON_OBJECT).build();
    }
}
