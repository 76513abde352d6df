package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Base64;

/**
 * {@code TextResourceContents} or {@code BlobResourceContents} of the MCP schema. Immutable and thread-safe.
 *
 * @param mimeType empty if it is unknown
 * @param data the text, or base64 of a binary resource
 */
public record ResourceContents(String uri, String mimeType, String data, boolean isText) {

    public static ResourceContents text(String uri, String mimeType, String text) {
        return new ResourceContents(uri, mimeType, text, true);
    }

    public static ResourceContents blob(String uri, String mimeType, byte[] data) {
        return new ResourceContents(uri, mimeType, Base64.getEncoder().encodeToString(data), false);
    }

    JsonObject toJson() {
        JsonObjectBuilder contents = Json.object().add("uri", uri);
        if (!mimeType.isEmpty()) {
            contents.add("mimeType", mimeType);
        }
        return contents.add(isText ? "text" : "blob", data).build();
    }
}
