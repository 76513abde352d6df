package io.mcpdata.container.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check itself: what it allows, and that it finds a fault of each kind in each revision. */
final class MessageCheckTest {

    private static final String STATELESS = "2026-07-28";

    static Stream<String> revisions() {
        return RevisionSchema.REVISIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void rightAnswersHaveNoFault(String revision) {
        assertThat(answer(revision, "tools/list", tools(revision, "")))
                .as("the list of tools")
                .isEmpty();
        assertThat(answer(revision, "tools/call", call(revision, "\"isError\":true")))
                .as("a call's result")
                .isEmpty();
        assertThat(problems(
                        revision,
                        "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"error\":{\"code\":-32601,\"message\":\"no such method\"}}",
                        "resources/list"))
                .as("an error")
                .isEmpty();
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}"))
                .as("a notification")
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void missingMemberIsFound(String revision) {
        assertThat(answer(revision, "tools/list", object(revision, "")))
                .as("no tools")
                .isNotEmpty();
        assertThat(answer(revision, "tools/list", tools(revision, "").replace("\"name\":\"ask\",", "")))
                .as("a tool without a name")
                .isNotEmpty();
        assertThat(answer(revision, "tools/call", object(revision, "\"isError\":true")))
                .as("no content")
                .isNotEmpty();
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603}}", "tools/call"))
                .as("an error without a message")
                .isNotEmpty();
        assertThat(problems(revision, "{\"id\":1,\"result\":" + tools(revision, "") + "}", "tools/list"))
                .as("no jsonrpc")
                .isNotEmpty();
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"id\":1}", "tools/list"))
                .as("neither result nor error")
                .isNotEmpty();
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32603,\"message\":\"failed\"}}"))
                .as("an error without an id, of a request that was readable")
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void wrongTypeIsFound(String revision) {
        assertThat(answer(revision, "tools/list", object(revision, "\"tools\":{}")))
                .as("tools are no array")
                .isNotEmpty();
        assertThat(answer(revision, "tools/call", call(revision, "\"isError\":\"true\"")))
                .as("isError is a text")
                .isNotEmpty();
        assertThat(answer(revision, "tools/list", tools(revision, "").replace("\"ask\"", "7")))
                .as("a tool's name is a number")
                .isNotEmpty();
        assertThat(problems(
                        revision,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":\"-32603\",\"message\":\"failed\"}}",
                        "tools/call"))
                .as("an error's code is a text")
                .isNotEmpty();
        assertThat(problems(
                        revision,
                        "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":" + tools(revision, "") + "}",
                        "tools/list"))
                .as("the id is null")
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    tools/call     | task     | working                | true
                    tools/call     | task     | asleep                 | false
                    tools/call     | complete | working                | false
                    resources/read | task     | working                | false
                    tasks/get      | complete | working                | true
                    tasks/get      | task     | working                | false
                    tasks/get      | complete | completed              | false
                    tasks/get      | complete | input_required         | false
                    tasks/get      | complete | working", "extra": "1  | false
                    tasks/cancel   | complete | working                | false
                    """)
    void onlyACallIsAnsweredWithATask(String method, String type, String status, boolean right) {
        String task = """
                {"resultType": "%s", "status": "%s", "taskId": "a", "ttlMs": 1, "pollIntervalMs": 1,
                 "createdAt": "2026-01-01T00:00:00Z", "lastUpdatedAt": "2026-01-01T00:00:00Z"}""".formatted(type, status);

        assertThat(answer(STATELESS, method, task).isEmpty()).isEqualTo(right);
    }

    /** The first revision that has the member. */
    @ParameterizedTest
    @CsvSource({
        "tools/list, annotations, {}, 2024-11-05",
        "tools/list, title, '\"Ask\"', 2025-06-18",
        "tools/list, icons, [], 2025-11-25",
        "tools/call, structuredContent, {}, 2025-06-18",
        "tools/call, unknown, 1, 9999"
    })
    void memberOfALaterRevisionIsFound(String method, String name, String value, String first) {
        String member = "\"" + name + "\":" + value;
        for (String revision : RevisionSchema.REVISIONS) {
            String result = method.equals("tools/list") ? tools(revision, "," + member) : call(revision, member);

            assertThat(answer(revision, method, result).isEmpty())
                    .as("%s allows %s", revision, member)
                    .isEqualTo(revision.compareTo(first) >= 0);
        }
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void undefinedMemberIsFoundAtEveryDepth(String revision) {
        String inContent = call(revision, "\"isError\":false").replace("\"text\":", "\"more\":1,\"text\":");

        assertThat(answer(revision, "tools/call", inContent))
                .as("in a content block")
                .isNotEmpty();
        assertThat(answer(revision, "tools/call", call(revision, "\"isError\":false"))
                        .isEmpty())
                .as("the same without it")
                .isTrue();
        assertThat(problems(
                        revision,
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"more\":1,\"result\":" + tools(revision, "") + "}",
                        "tools/list"))
                .as("beside the result")
                .isNotEmpty();
        assertThat(problems(
                        revision, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\",\"more\":1}"))
                .as("in a notification")
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void messagesThatTheRevisionDoesNotHaveAreFound(String revision) {
        assertThat(answer(revision, "no/such", object(revision, "")))
                .as("a result of an unknown method")
                .isNotEmpty();
        assertThat(answer(revision, "ping", object(revision, "")).isEmpty())
                .as("a result of ping, which the last revision lacks")
                .isEqualTo(!revision.equals(STATELESS));
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/unknown\"}"))
                .as("an unknown notification")
                .isNotEmpty();
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .as("a notification of a client")
                .isNotEmpty();
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + tools(revision, "") + "}"))
                .as("a result that no request has asked for")
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2024-11-05, true, true", "2025-06-18, true, true", "2025-11-25, true, false", "2026-07-28, true, false"
    })
    void errorsOfUnreadableRequestsHaveNoId(String revision, boolean without, boolean withNull) {
        String error = "\"error\":{\"code\":-32700,\"message\":\"no JSON\"}}";

        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\"," + error).isEmpty())
                .as("without an id")
                .isEqualTo(without);
        assertThat(problems(revision, "{\"jsonrpc\":\"2.0\",\"id\":null," + error)
                        .isEmpty())
                .as("with the id null")
                .isEqualTo(withNull);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void errorsWithACodeOfTheirOwnHaveTheirData(boolean complete) {
        String data = complete ? "{\"supported\":[\"2025-11-25\"],\"requested\":\"1\"}" : "{}";

        assertThat(problems(
                                STATELESS,
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32022,\"message\":\"unsupported\",\"data\":"
                                        + data + "}}",
                                "tools/list")
                        .isEmpty())
                .isEqualTo(complete);
    }

    /** Over {@code /sse} the revision in use is the oldest one. */
    @ParameterizedTest
    @CsvSource({"2024-11-05, false", "2025-03-26, false", "2025-06-18, true", "2025-11-25, true"})
    void memberOfTheRevisionThatTheClientKnowsIsAllowed(String known, boolean allowed) {
        JsonObject answer = object(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + call("2024-11-05", "\"structuredContent\":{}") + "}");

        assertThat(new MessageCheck("2024-11-05", known)
                        .problems(answer, List.of("tools/call"))
                        .isEmpty())
                .isEqualTo(allowed);
    }

    private static List<String> answer(String revision, String method, String result) {
        return problems(revision, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}", method);
    }

    private static List<String> problems(String revision, String message, String... methods) {
        return new MessageCheck(revision, revision).problems(object(message), List.of(methods));
    }

    private static JsonObject object(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static String tools(String revision, String members) {
        String list =
                "\"tools\":[{\"name\":\"ask\",\"inputSchema\":{\"type\":\"object\",\"additionalProperties\":false}"
                        + members + "}]";
        return object(revision, revision.equals(STATELESS) ? list + ",\"ttlMs\":1,\"cacheScope\":\"private\"" : list);
    }

    private static String call(String revision, String members) {
        return object(revision, "\"content\":[{\"type\":\"text\",\"text\":\"8000\"}]," + members);
    }

    private static String object(String revision, String members) {
        String type = revision.equals(STATELESS) ? "\"resultType\":\"complete\"" : "";
        return "{" + type + (type.isEmpty() || members.isEmpty() ? "" : ",") + members + "}";
    }
}
