package io.mcpdata.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesTest {

    @Test
    void initializeNamesClientAndRevision() {
        InitializeRequest request = InitializeRequest.from(
                Json.readObject(
                        "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"roots\":{}},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}"));

        assertThat(request.protocolVersion()).isEqualTo("2025-11-25");
        assertThat(request.clientInfo()).isEqualTo(new Implementation("c", "1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                                                                     | params.protocolVersion
                    {"protocolVersion":1}                                                                  | params.protocolVersion
                    {"protocolVersion":"x"}                                                                | params.capabilities
                    {"protocolVersion":"x","capabilities":[]}                                              | params.capabilities
                    {"protocolVersion":"x","capabilities":{}}                                              | params.clientInfo
                    {"protocolVersion":"x","capabilities":{},"clientInfo":{"version":"1"}}                 | params.clientInfo.name
                    {"protocolVersion":"x","capabilities":{},"clientInfo":{"name":"c"}}                    | params.clientInfo.version
                    """)
    void initializeWithoutARequiredMemberIsToldWhichOne(String params, String member) {
        assertThatThrownBy(() -> InitializeRequest.from(Json.readObject(params)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageStartingWith(member + " must be");
    }

    @Test
    void initializeResultHasTheMembersOfTheSchema() {
        InitializeResult result =
                new InitializeResult(ProtocolVersion.V2024_11_05, new Implementation("s", "2"), "Ask.");

        assertThat(result.toJson()).isEqualTo(Json.readObject("""
                                {"protocolVersion":"2024-11-05","capabilities":{"tools":{"listChanged":true},
                                  "resources":{"subscribe":true,"listChanged":true},"prompts":{"listChanged":true},"logging":{}},
                                 "serverInfo":{"name":"s","version":"2"},"instructions":"Ask."}
                                """));
    }

    @Test
    void extensionsAreDeclaredInTheRevisionForWhichTheyAreSpecified() {
        assertThat(ServerCapabilities.of(ProtocolVersion.V2026_07_28).getJsonObject("extensions"))
                .isEqualTo(Json.readObject("{\"io.modelcontextprotocol/skills\":{\"directoryRead\":true},"
                        + "\"io.modelcontextprotocol/tasks\":{}}"));
        assertThat(ServerCapabilities.of(ProtocolVersion.V2025_11_25)).doesNotContainKey("extensions");
    }

    @Test
    void toolsAreListedInTheirOrder() {
        ListPage result = new ListPage("tools", List.of(tool("b"), tool("a")), "");

        assertThat(Json.readObject(result.write(ClientRevision.of(ProtocolVersion.V2025_11_25)))
                        .getJsonArray("tools")
                        .getValuesAs(JsonObject.class))
                .extracting(tool -> tool.getString("name"))
                .containsExactly("b", "a");
    }

    @Test
    void cursorIsAStringOrAbsent() {
        assertThat(PaginatedRequest.from(Json.readObject("{}")).cursor()).isEmpty();
        assertThat(PaginatedRequest.from(Json.readObject("{\"cursor\":null}")).cursor())
                .isEmpty();
        assertThat(PaginatedRequest.from(Json.readObject("{\"cursor\":\"x\"}")).cursor())
                .isEqualTo(Optional.of("x"));
        assertThatThrownBy(() -> PaginatedRequest.from(Json.readObject("{\"cursor\":1}")))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"requestId\":null}", "{\"requestId\":{}}", "{\"requestId\":1.5}"})
    void cancellationThatNamesNoRequestIsNone(String params) {
        assertThat(CancelledNotification.from(Json.readObject(params))).isEmpty();
    }

    @Test
    void cancellationNamesARequest() {
        assertThat(CancelledNotification.from(Json.readObject("{\"requestId\":3,\"reason\":\"r\"}")))
                .contains(new CancelledNotification(JsonRpcId.of(3)));
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05,false", "2025-03-26,false", "2025-06-18,true", "2025-11-25,true", "2026-07-28,true"})
    void aClientKnowsStructuredContentSinceItsRevision(String newest, boolean knows) {
        assertThat(new InitializeRequest(newest, Json.readObject("{}"), new Implementation("c", "1"))
                        .client()
                        .hasStructuredContent())
                .isEqualTo(knows);
    }

    @Test
    void aResultIsTextAndForThoseWhoKnowItStructuredContent() {
        JsonObject content = Json.readObject("{\"rows\":[[\"a\\n\\\"\\u00e4\",1.50]]}");
        CallToolResult result = CallToolResult.structured(content);
        JsonObject both = Json.readObject(result.write(ClientRevision.of(ProtocolVersion.V2025_06_18)));
        assertThat(both.getJsonObject("structuredContent")).isEqualTo(content);
        assertThat(both.getBoolean("isError")).isFalse();
        JsonObject text = Json.readObject(result.write(ClientRevision.of(ProtocolVersion.V2025_03_26)));
        assertThat(text).doesNotContainKey("structuredContent");
        assertThat(text.getJsonArray("content")).hasSize(1).isEqualTo(both.getJsonArray("content"));
        assertThat(Json.readObject(text.getJsonArray("content").getJsonObject(0).getString("text")))
                .isEqualTo(content);
        assertThat(Json.readObject(CallToolResult.error("no").write(ClientRevision.of(ProtocolVersion.V2025_06_18))))
                .isEqualTo(Json.readObject("{\"content\":[{\"type\":\"text\",\"text\":\"no\"}],\"isError\":true}"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-11-05, 'name,description,inputSchema,annotations'",
        "2025-03-26, 'name,description,inputSchema,annotations'",
        "2025-06-18, 'name,title,description,inputSchema,outputSchema,annotations'",
        "2025-11-25, 'name,title,description,inputSchema,outputSchema,annotations'",
        "2026-07-28, 'name,title,description,inputSchema,outputSchema,annotations'"
    })
    void toolHasTheMembersOfTheClientsRevision(String newest, String members) {
        Tool tool = new Tool(
                "a",
                "a",
                "a",
                Json.readObject("{}"),
                Json.readObject("{\"type\":\"object\"}"),
                ToolAnnotations.READ_ONLY);
        assertThat(tool.toJson(new ClientRevision(newest))).containsOnlyKeys(members.split(","));
    }

    @Test
    void errorWithoutAnIdHasNull() {
        assertThat(JsonRpc.error(ErrorCode.PARSE_ERROR, "not \"JSON\"\n"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32700,"
                        + "\"message\":\"not \\\"JSON\\\"\\n\"}}");
    }

    @Test
    void messagesStayOnOneLine() {
        assertThat(JsonRpc.result(
                        JsonRpcId.of("a\r\nb"),
                        CallToolResult.error("x\ny").write(ClientRevision.of(ProtocolVersion.V2025_06_18))))
                .doesNotContain("\n", "\r");
        assertThat(JsonRpc.notification("notifications/tools/list_changed"))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
    }

    private static Tool tool(String name) {
        return new Tool(name, name, name, Json.readObject("{}"), Json.readObject("{}"), ToolAnnotations.READ_ONLY);
    }
}
