package io.mcpdata.toolkit.sql;

import io.mcpdata.mcp.protocol.Json;
import io.mcpdata.mcp.protocol.Tool;
import io.mcpdata.mcp.protocol.ToolAnnotations;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a tool tells about itself, kept beside the code as {@code tools/<name>.json}. */
final class ToolDescription {

    private ToolDescription() {}

    /** @throws IllegalStateException if the WAR lacks the description: the deployment must fail then */
    static Tool readOnly(String name) {
        JsonObject description = Json.readObject(text(name));
        return new Tool(
                name,
                description.getString("title"),
                description.getString("description"),
                description.getJsonObject("inputSchema"),
                description.getJsonObject("outputSchema"),
                ToolAnnotations.READ_ONLY);
    }

    private static String text(String name) {
        try (InputStream resource = ToolDescription.class.getResourceAsStream("tools/" + name + ".json")) {
            if (resource == null) {
                throw new IllegalStateException("the WAR lacks the description of the tool " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the tool " + name + " cannot be read", e);
        }
    }
}
