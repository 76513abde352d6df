package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.Glob;
import io.mcpdata.config.GlobRules;
import io.mcpdata.config.PersonaConfig;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.Persona;
import io.mcpdata.persona.PersonaDirectory;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Tool;
import io.mcpdata.testing.InMemoryAuditLog;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolGatewayTest {

    static final RequestOrigin ORIGIN = new RequestOrigin("request-1", "127.0.0.1", "test");
    private static final String GOOD = "{\"connection\":\"sales\",\"sql\":\"SELECT 1\"}";

    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final RecordingTool query = new RecordingTool("sql_query");
    private final RecordingTool explain = new RecordingTool("sql_explain");
    private final ToolGateway gateway = gateway(audit, List.of(query, explain));

    @ParameterizedTest
    @CsvSource({
        "*, , sql_query sql_explain",
        "sql_*, , sql_query sql_explain",
        "*, *_query, sql_explain",
        "sql_query, sql_query, ''",
        "'', , ''",
        "SQL_QUERY, , ''",
        "sql_quer?, , sql_query"
    })
    void whatIsListedIsWhatCanBeCalled(String allow, String deny, String listed) {
        AuthorizedCaller caller = caller(rules(allow, deny), GlobRules.ALLOW_ALL);
        List<String> names = gateway.list(caller).stream().map(Tool::name).toList();
        assertThat(names).containsExactlyElementsOf(listed.isEmpty() ? List.of() : List.of(listed.split(" ")));
        for (RecordingTool tool : List.of(query, explain)) {
            String name = tool.describe().name();
            boolean isListed = names.contains(name);
            assertThat(catchThrowable(() -> call(caller, name, GOOD)) == null).isEqualTo(isListed);
            assertThat(tool.calls()).as(name).hasSize(isListed ? 1 : 0);
        }
    }

    @Test
    void aDeniedToolAnswersInTheWordsOfAnUnknownOne() {
        AuthorizedCaller caller = caller(rules("*", "sql_query"), GlobRules.ALLOW_ALL);
        for (String arguments : List.of(GOOD, "{}", "{\"connection\":\"nowhere\"}", "{\"x\":1}")) {
            ProtocolException denied = (ProtocolException) catchThrowable(() -> call(caller, "sql_query", arguments));
            ProtocolException unknown = (ProtocolException) catchThrowable(() -> call(caller, "sql_quary", arguments));
            assertThat(denied.code()).isEqualTo(unknown.code()).isEqualTo(ErrorCode.INVALID_PARAMS);
            assertThat(denied).hasMessage(unknown.getMessage().replace("quary", "query"));
        }
        assertThat(query.calls()).isEmpty();
    }

    @Test
    void theAuditRowKnowsWhyAToolWasNotCalled() {
        assertThatThrownBy(() -> call(caller(rules("*", "*_query"), GlobRules.ALLOW_ALL), "sql_query", GOOD))
                .isInstanceOf(ProtocolException.class);
        assertRow(Outcome.DENIED, "tool_denied", "tools.deny[*_query]");
    }

    @Test
    void anUnknownToolLeavesItsRow() {
        assertThatThrownBy(() -> call(everything(), "nonsense", GOOD)).isInstanceOf(ProtocolException.class);
        assertRow(Outcome.DENIED, "tool_unknown", "");
    }

    @Test
    void aNameFromTheClientIsShownShortenedAndWithoutControlCharacters() {
        String name = "\u001b[31m\r\nx".repeat(100);
        assertThatThrownBy(() -> call(everything(), name, GOOD)).hasMessageMatching("Unknown tool: [\\x20-\\x7e]{128}");
    }

    @Test
    void aDeniedConnectionAnswersInTheWordsOfOneThatIsNotConfigured() {
        query.answers(() -> {
            throw new ToolException("connection_unknown", ToolGateway.unknownConnection("sales"));
        });
        CallToolResult denied = call(caller(GlobRules.ALLOW_ALL, rules("*", "sal*")), "sql_query", GOOD);
        assertThat(query.calls()).isEmpty();
        assertRow(Outcome.DENIED, "connection_denied", "connections.deny[sal*]");
        InMemoryAuditLog other = new InMemoryAuditLog();
        CallToolResult unknown = (CallToolResult) gateway(other, List.of(query))
                .call(clientCall(everything()), request("sql_query", GOOD))
                .orElseThrow();
        assertThat(other.row().category()).isEqualTo("connection_unknown");
        assertThat(denied).isEqualTo(unknown);
    }

    /** Otherwise the refusal of a header would show that a denied tool exists. */
    @Test
    void headersThatRepeatArgumentsAreThoseOfToolsThatExistForTheCaller() {
        query.takes("{\"properties\":{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"}}}");
        ToolGateway marked = gateway(audit, List.of(query));

        assertThat(marked.inHeaders(everything(), "sql_query"))
                .containsExactly(new HeaderParameter("Mcp-Param-Region", List.of("region")));
        assertThat(marked.inHeaders(caller(rules("*", "sql_query"), GlobRules.ALLOW_ALL), "sql_query"))
                .isEmpty();
        assertThat(marked.inHeaders(everything(), "absent")).isEmpty();
    }

    @Test
    void toolThatClientsWouldLeaveOutFailsTheDeployment() {
        query.takes("{\"properties\":{\"region\":{\"type\":\"number\",\"x-mcp-header\":\"Region\"}}}");

        assertThatThrownBy(() -> gateway(audit, List.of(query)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("tool sql_query: x-mcp-header of region marks a parameter whose type is not one of string,"
                        + " integer, boolean");
    }

    /** Otherwise the refusal of a denied tool would come sooner than that of an unknown one. */
    @Test
    void onlyAToolThatExistsForTheCallerIsImmediate() {
        query.waitsForNothing();
        CallToolRequest request = new CallToolRequest("sql_query", Json.readObject(GOOD));
        AuthorizedCaller denied = caller(rules("*", "sql_query"), GlobRules.ALLOW_ALL);

        assertThat(gateway.isImmediate(everything(), request)).isTrue();
        assertThat(gateway.isImmediate(denied, request)).isFalse();
        assertThat(gateway.isImmediate(everything(), new CallToolRequest("absent", request.arguments())))
                .isFalse();
        assertThat(gateway.isImmediate(everything(), new CallToolRequest("sql_explain", request.arguments())))
                .isFalse();
    }

    @Test
    void aSuccessLeavesItsRowWithFigures() {
        query.answers(() -> CallToolResult.structured(Json.readObject("{\"a\":1}")));
        assertThat(call(everything(), "sql_query", GOOD).isError()).isFalse();
        assertRow(Outcome.SUCCESS, "", "");
        AuditEvent row = audit.row();
        assertThat(row.rows()).isEqualTo(7);
        assertThat(row.duration()).isPositive();
        assertThat(row.tool()).isEqualTo("sql_query");
        assertThat(row.connection()).isEqualTo("sales");
        assertThat(row.parameters()).isEqualTo(GOOD);
        assertThat(row.subject().caller()).isEqualTo("tester");
        assertThat(row.subject().persona()).isEqualTo("p");
        assertThat(row.origin()).isEqualTo(ORIGIN);
    }

    @Test
    void anErrorOfTheToolIsToldAndLeavesItsCategory() {
        query.answers(() -> {
            throw new ToolException("timeout", "too long", new IllegalStateException("jdbc:secret"));
        });
        CallToolResult result = call(everything(), "sql_query", GOOD);
        assertThat(result).isEqualTo(CallToolResult.error("too long"));
        assertRow(Outcome.ERROR, "timeout", "");
    }

    @Test
    void unexpectedErrorIsGenericAndNamesTheRequest() {
        query.answers(() -> {
            throw new IllegalStateException("jdbc:postgresql://db/x?password=hunter2");
        });
        CallToolResult result = call(everything(), "sql_query", GOOD);
        assertThat(result.isError()).isTrue();
        assertThat(result.text()).contains("request-1").doesNotContain("jdbc", "hunter2", "IllegalState");
        assertRow(Outcome.ERROR, "internal_error", "");
    }

    @Test
    void anErrorOfTheMachineLeavesItsRowToo() {
        query.answers(() -> {
            throw new StackOverflowError();
        });
        assertThat(call(everything(), "sql_query", GOOD).isError()).isTrue();
        assertRow(Outcome.ERROR, "internal_error", "");
    }

    @Test
    void withoutAuditNothingIsAnswered() {
        audit.breakDown();
        query.answers(() -> CallToolResult.structured(Json.readObject("{\"a\":1}")));
        AuthorizedCaller denied = caller(rules("*", "sql_query"), rules("*", "sales"));
        assertThatThrownBy(() -> call(everything(), "sql_query", GOOD)).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> call(everything(), "sql_query", "{}")).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> call(everything(), "nonsense", GOOD)).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> call(denied, "sql_query", GOOD)).isInstanceOf(AuditUnavailableException.class);
        assertThatThrownBy(() -> call(denied, "sql_explain", GOOD)).isInstanceOf(AuditUnavailableException.class);
        query.answers(() -> {
            throw new ToolException("timeout", "too long");
        });
        assertThatThrownBy(() -> call(everything(), "sql_query", GOOD)).isInstanceOf(AuditUnavailableException.class);
    }

    @Test
    void wrongArgumentsNeverReachTheToolAndLeaveTheirRow() {
        assertThatThrownBy(() -> call(everything(), "sql_query", "{\"connection\":\"sales\"}"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("Invalid arguments: arguments lacks sql (string)");
        assertThat(query.calls()).isEmpty();
        assertRow(Outcome.ERROR, "invalid_arguments", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"max_rows\":null,\"parameters\":null", "\"toolCallId\":\"x\",\"sessionId\":null"})
    void whatIsNotGivenOrNotKnownReachesNeitherTheToolNorTheAudit(String more) {
        String arguments = "{" + more + "," + GOOD.substring(1);
        query.answers(() -> CallToolResult.structured(Json.readObject("{\"a\":1}")));
        assertThat(call(everything(), "sql_query", arguments).isError()).isFalse();
        assertThat(query.calls()).hasSize(1);
        assertThat(query.calls().get(0).arguments()).isEqualTo(Json.readObject(GOOD));
        assertRow(Outcome.SUCCESS, "", "");
        assertThat(audit.row().parameters()).isEqualTo(GOOD);
    }

    @Test
    void aMissingArgumentNamesTheUnknownOneBesideIt() {
        assertThatThrownBy(() -> call(everything(), "sql_query", "{\"connection\":\"sales\",\"sq\":\"SELECT 1\"}"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(
                        "Invalid arguments: arguments lacks sql (string); sq is not known; known are connection, sql,"
                                + " max_rows, order, parameters");
        assertThat(query.calls()).isEmpty();
    }

    @Test
    void wrongArgumentsTellNothingAboutADeniedConnection() {
        AuthorizedCaller denied = caller(GlobRules.ALLOW_ALL, rules("*", "sales"));
        String configured =
                String.valueOf(catchThrowable(() -> call(denied, "sql_query", "{\"connection\":\"sales\",\"sql\":1}"))
                        .getMessage());
        assertThatThrownBy(() -> call(denied, "sql_query", "{\"connection\":\"other\",\"sql\":1}"))
                .hasMessage(configured);
    }

    @Test
    void twoToolsOfOneNameStopTheDeployment() {
        assertThatThrownBy(() -> new ToolCatalog(List.<Toolkit>of(() -> List.of(query), () -> List.of(query))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("sql_query");
    }

    private void assertRow(Outcome outcome, String category, String rule) {
        AuditEvent row = audit.row();
        assertThat(row.type()).isEqualTo(AuditEvent.Type.TOOL_CALL);
        assertThat(row.outcome()).isEqualTo(outcome);
        assertThat(row.category()).isEqualTo(category);
        assertThat(row.rule()).isEqualTo(rule);
    }

    private CallToolResult call(AuthorizedCaller caller, String tool, String arguments) {
        return (CallToolResult)
                gateway.call(clientCall(caller), request(tool, arguments)).orElseThrow();
    }

    private static ToolGateway gateway(InMemoryAuditLog audit, List<ToolHandler> tools) {
        return gateway(audit, tools, new OverdueCalls(Runnable::run));
    }

    static ToolGateway gateway(InMemoryAuditLog audit, List<ToolHandler> tools, OverdueCalls overdue) {
        ToolCatalog catalog = new ToolCatalog(List.<Toolkit>of(() -> tools));
        return new ToolGateway(() -> catalog, new AuditedCalls(audit, overdue));
    }

    static ClientCall clientCall(AuthorizedCaller caller) {
        return new ClientCall(caller, ORIGIN, new Cancellation(), CallClient.NONE, late -> {});
    }

    static CallToolRequest request(String tool, String arguments) {
        return new CallToolRequest(tool, Json.readObject(arguments));
    }

    static AuthorizedCaller everything() {
        return caller(GlobRules.ALLOW_ALL, GlobRules.ALLOW_ALL);
    }

    private static AuthorizedCaller caller(GlobRules tools, GlobRules connections) {
        PersonaConfig persona =
                new PersonaConfig("p", "P", "", List.of("r"), 1, Set.of("mcp:connect"), tools, connections);
        Persona chosen =
                new PersonaDirectory(List.of(persona)).personaFor(List.of("r")).orElseThrow();
        return new AuthorizedCaller(
                new PlatformCaller("tester", AuthenticationMethod.API_KEY, "0123456789ab", List.of("r"), null), chosen);
    }

    private static GlobRules rules(String allow, @org.jspecify.annotations.Nullable String deny) {
        return new GlobRules(
                allow.isEmpty() ? List.of() : List.of(Glob.parse(allow)),
                deny == null ? List.of() : List.of(Glob.parse(deny)));
    }
}
