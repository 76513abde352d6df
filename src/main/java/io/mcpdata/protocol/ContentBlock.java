package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;

/** {@code ContentBlock} of the MCP schema: one part of a result or of a message. Immutable and thread-safe. */
public sealed interface ContentBlock {

    /** The block; a text instead if the client does not understand it. */
    JsonObject toJson(ClientRevision client);

    static ContentBlock text(String text) {
        return new Text(text);
    }

    /** Text for the model. */
    record Text(String text) implements ContentBlock {
        @Override
        public JsonObject toJson(ClientRevision client) {
            return typed("text").add("text", text).build();
        }
    }

    /** @param data base64 */
    record Image(String data, String mimeType) implements ContentBlock {

        public static Image of(byte[] data, String mimeType) {
            return new Image(Base64.getEncoder().encodeToString(data), mimeType);
        }

        @Override
        public JsonObject toJson(ClientRevision client) {
            return typed("image").add("data", data).add("mimeType", mimeType).build();
        }
    }

    /**
     * Since revision 2025-03-26.
     *
     * @param data base64
     */
    record Audio(String data, String mimeType) implements ContentBlock {

        public static Audio of(byte[] data, String mimeType) {
            return new Audio(Base64.getEncoder().encodeToString(data), mimeType);
        }

        @Override
        public JsonObject toJson(ClientRevision client) {
            return client.hasAudio()
                    ? typed("audio").add("data", data).add("mimeType", mimeType).build()
                    : text("[audio, " + mimeType + "]").toJson(client);
        }
    }

    /** The contents of a resource, in place. */
    record Embedded(ResourceContents resource) implements ContentBlock {
        @Override
        public JsonObject toJson(ClientRevision client) {
            return typed("resource").add("resource", resource.toJson()).build();
        }
    }

    /** A resource that the client can read. Since revision 2025-06-18. */
    record Link(Resource resource) implements ContentBlock {
        @Override
        public JsonObject toJson(ClientRevision client) {
            if (!client.hasResourceLinks()) {
                return text(resource.uri()).toJson(client);
            }
            JsonObjectBuilder link = typed("resource_link");
            resource.toJson(client).forEach(link::add);
            return link.build();
        }
    }

    private static JsonObjectBuilder typed(String type) {
        return Json.object().add("type", type);
    }
}
