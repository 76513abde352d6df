package io.mcpdata.conformance;

import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ContentBlock;
import java.util.List;

/** The tools that only give a result. */
final class ContentTools {

    /** Each keyword must be listed as it is written here. */
    private static final String SCHEMA_2020_12 = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
              },
              "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
              },
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
              "then": {"required": ["phone"]},
              "else": {"required": ["email"]},
              "additionalProperties": false
            }
            """;

    /** Clients repeat these arguments in headers. */
    private static final String IN_HEADERS = """
            {
              "type": "object",
              "required": ["region"],
              "properties": {
                "region": {"type": "string", "x-mcp-header": "Region"},
                "note": {"type": "string", "x-mcp-header": "Note"},
                "amount": {"type": "integer", "x-mcp-header": "Amount"}
              }
            }
            """;

    private ContentTools() {}

    static List<ToolHandler> all() {
        return List.of(
                FixtureTool.of(
                        "test_simple_text", call -> CallToolResult.text("This is a simple text response for testing.")),
                FixtureTool.of("test_image_content", call -> CallToolResult.of(List.of(Media.IMAGE))),
                FixtureTool.of("test_audio_content", call -> CallToolResult.of(List.of(Media.AUDIO))),
                FixtureTool.of(
                        "test_embedded_resource",
                        call -> CallToolResult.of(List.of(Media.embedded(
                                "test://embedded-resource", "text/plain", "This is an embedded resource content.")))),
                FixtureTool.of(
                        "test_multiple_content_types",
                        call -> CallToolResult.of(List.of(
                                ContentBlock.text("Multiple content types test:"),
                                Media.IMAGE,
                                Media.embedded(
                                        "test://mixed-content-resource",
                                        "application/json",
                                        "{\"test\":\"data\",\"value\":123}")))),
                FixtureTool.of("test_error_handling", call -> {
                    throw new ToolException("test_error", "This tool intentionally returns an error for testing");
                }),
                FixtureTool.of("test_header_parameters", IN_HEADERS, call -> CallToolResult.text("done")),
                FixtureTool.of("json_schema_2020_12_tool", SCHEMA_2020_12, call -> CallToolResult.text("done")));
    }
}
