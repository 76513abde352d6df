package io.mcpdata.container.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.contract.Endpoints.Endpoint;
import io.mcpdata.container.server.DebugPort;
import io.mcpdata.container.server.EnteredMethods;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.container.sso.MicroProfilePlatform;
import io.mcpdata.testing.Eventually;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every endpoint with every kind of caller: all refusals of one kind are equal, no method runs behind a refusal, and
 * every answer is the same on every server and at every context root.
 *
 * <p>Liberty can answer 401 and still run the method. So refused requests ask for something that would have an effect;
 * the calls of the endpoints' methods are counted inside the server, and the effects are checked. Late, because it ends a
 * server of other tests.
 */
@ArquillianTest
@Order(Integer.MAX_VALUE - 1)
@Timeout(600)
final class ContractMatrixIT {

    private final List<Endpoint> endpoints = Endpoints.all();

    @Test
    void everyEndpointAnswersEveryCallerAsPromisedAtTheRoot() throws Exception {
        DebugPort debug = DebugPort.free();
        matrix("/", Platform.start(Platform.Options.standard().withJvmOption(debug.option())), debug);
    }

    @Test
    void everyEndpointAnswersEveryCallerAsPromisedAtAContextRoot() throws Exception {
        Platform platform = MicroProfilePlatform.get();
        platform.configure(Platform.standardYaml());
        Web web = new Web(platform);
        Eventually.within(
                Duration.ofSeconds(20),
                "single sign-on is off",
                () -> web.get("/.well-known/oauth-protected-resource").status() == 404);
        matrix(MicroProfilePlatform.CONTEXT_ROOT, platform, MicroProfilePlatform.debugPort());
    }

    private void matrix(String contextRoot, Platform platform, DebugPort debug) throws Exception {
        assertThat(endpoints).hasSizeGreaterThan(8);
        Instant begin = Instant.now();
        Matrix matrix;
        try (platform;
                EnteredMethods entered = EnteredMethods.of(
                        debug, endpoints.stream().map(Endpoint::runs).collect(Collectors.toSet()))) {
            Web web = new Web(platform);
            matrix = new Matrix(web, entered);
            ask(matrix, web);
        }
        assertNoSecretIsLogged(platform, contextRoot, matrix.secrets());
        expectTracesOfTheAdmittedAlone(platform, matrix, begin);
        assertThat(matrix.surprises()).isEmpty();
        Transcripts.compare(platform.server(), contextRoot, matrix.transcript());
    }

    private void ask(Matrix matrix, Web web) {
        List<Visitor> visitors = Visitor.all(web.platform());
        Visitor admin = visitors.stream()
                .filter(visitor -> visitor.name().equals("admin"))
                .findFirst()
                .orElseThrow();
        matrix.count(endpoint("GET /sse, streamed"));
        try (McpConversation viewer = McpConversation.begin(web, web.platform().key("viewer"))) {
            // two messages begin the conversation
            matrix.count(endpoint("POST /messages"));
            matrix.count(endpoint("POST /messages"));
            String session = viewer.endpoint().replaceAll(".*sessionId=", "");
            String existing = newKey(matrix, admin);
            List<String> before = keys(matrix, web);
            for (Endpoint endpoint : endpoints) {
                Question question = Question.real(endpoint, session, existing);
                visitors.stream()
                        .filter(visitor -> !visitor.isLetInto(endpoint))
                        .forEach(visitor -> matrix.refuse(question, visitor));
                matrix.askForAPage(question, Visitor.LISTED_PAGE, 204);
                matrix.askForAPage(question, Visitor.FOREIGN_PAGE, 403);
            }
            expectAPongNext(matrix, viewer);
            matrix.expect("the keys after all refusals", before, keys(matrix, web));
            for (Endpoint endpoint : endpoints) {
                visitors.stream()
                        .filter(visitor -> visitor.isLetInto(endpoint))
                        .forEach(visitor -> admit(matrix, endpoint, visitor, session, admin));
            }
            assertThat(viewer.stream().answer(Question.CALL_ID)).containsKey("result");
            expectAPongNext(matrix, viewer);
        }
        matrix.checkRuns("everything");
    }

    private void admit(Matrix matrix, Endpoint endpoint, Visitor visitor, String session, Visitor admin) {
        if (endpoint.streams()) {
            matrix.admitToStream(Question.real(endpoint, session, ""), visitor);
            return;
        }
        // a rotated or revoked key cannot be rotated or revoked again
        String keyId = endpoint.path().contains("{key_id}") ? newKey(matrix, admin) : "";
        Question question = Question.real(endpoint, session, keyId);
        matrix.admit(question, visitor);
        if (!question.equals(Question.hollow(endpoint))) {
            matrix.admit(Question.hollow(endpoint), visitor);
        }
    }

    private String newKey(Matrix matrix, Visitor admin) {
        Answer made = matrix.admit(Question.real(endpoint("POST /api/v1/keys"), "", ""), admin);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().getString("key_id");
    }

    private Endpoint endpoint(String name) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.toString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The keys of the file without their last use, which refused requests with such a key change too. */
    private List<String> keys(Matrix matrix, Web web) {
        matrix.count(endpoint("GET /api/v1/keys"));
        return web.get("/api/v1/keys", web.platform().key("admin")).json().getJsonArray("keys").stream()
                .map(JsonValue::asJsonObject)
                .map(key -> key.getString("source").equals("file") ? unused(key) : key)
                .map(JsonObject::toString)
                .toList();
    }

    private static JsonObject unused(JsonObject key) {
        return Json.createObjectBuilder(key).remove("last_used").build();
    }

    /** No unread message is left in the session from earlier callers. */
    private void expectAPongNext(Matrix matrix, McpConversation viewer) {
        matrix.count(endpoint("POST /messages"));
        int pong = viewer.begin("ping", JsonValue.EMPTY_JSON_OBJECT);
        int id = viewer.stream().next("message").json().getInt("id");
        matrix.expect("the id of the session's next message", pong, id);
    }

    /** After the server's end, because not every access log is written at once. */
    private static void assertNoSecretIsLogged(Platform platform, String contextRoot, List<String> more) {
        String accesses = platform.server().accessLog();
        String log = platform.server().log();
        assertThat(accesses).contains((contextRoot.equals("/") ? "" : contextRoot) + "/sse");
        assertThat(more).isNotEmpty();
        for (String secret :
                Stream.concat(platform.keys().secrets().stream(), more.stream()).toList()) {
            assertThat(accesses.contains(secret))
                    .as("the access log shows a secret")
                    .isFalse();
            assertThat(log.contains(secret)).as("the log shows a secret").isFalse();
        }
    }

    /** Every action has its audit row, and no audit row names an action without an authorized caller. */
    private static void expectTracesOfTheAdmittedAlone(Platform platform, Matrix matrix, Instant begin)
            throws Exception {
        long rotated = matrix.successes("POST /api/v1/keys/{key_id}/rotate");
        long revoked = matrix.successes("DELETE /api/v1/keys/{key_id}");
        assertThat(List.of(rotated, revoked)).doesNotContain(0L);
        long listed = matrix.successes("GET /api/v1/audit") + matrix.successes("HEAD /api/v1/audit");
        long counted = matrix.successes("GET /api/v1/audit/stats") + matrix.successes("HEAD /api/v1/audit/stats");
        long exported = matrix.successes("GET /api/v1/audit/export");
        long verified = matrix.successes("GET /api/v1/audit/verify") + matrix.successes("HEAD /api/v1/audit/verify");
        assertThat(List.of(listed, counted, exported, verified)).doesNotContain(0L);
        String readers = " AND caller IN ('admin-service', 'auditor-service')";
        Map<String, Long> traces = new TreeMap<>(Map.of(
                "type = 'STREAM_OPEN'",
                1
                        + matrix.successes("GET /sse, streamed")
                        + matrix.successes("POST /mcp, streamed")
                        + matrix.successes("GET /api/v1/events, streamed"),
                "type = 'SESSION_OPEN'",
                matrix.successes("POST /mcp"),
                "type = 'TOOL_CALL'",
                1L,
                "type = 'TOOL_CALL' AND caller = 'viewer-service'",
                1L,
                "type = 'KEY_CHANGE' AND caller <> 'admin-service'",
                0L,
                "category = 'key_created'",
                matrix.successes("POST /api/v1/keys"),
                "category = 'key_rotated'",
                rotated,
                "category = 'key_revoked'",
                revoked));
        traces.put("category = 'audit_listed'" + readers, listed);
        traces.put("category = 'audit_counted'" + readers, counted);
        traces.put("category = 'audit_exported'" + readers, exported);
        traces.put("category = 'events_watched'" + readers, matrix.successes("GET /api/v1/events, streamed"));
        traces.put("category = 'audit_verified'" + readers, verified);
        traces.put("type = 'AUDIT_READ' AND NOT (outcome = 'SUCCESS'" + readers + ")", 0L);
        for (Map.Entry<String, Long> trace : traces.entrySet()) {
            long found = StoredRows.count(platform.dataDirectory(), trace.getKey() + StoredRows.since(begin));
            matrix.expect("audit rows with " + trace.getKey(), trace.getValue(), found);
        }
    }
}
