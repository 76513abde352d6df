package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.conformance.OpenApiDocument;
import io.mcpdata.container.conformance.OpenApiDocument.Operation;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/**
 * An administrator calls every operation of {@code docs/openapi.yaml}, with answers that have content. {@link Web} compares
 * each answer with the document, here and in all other tests.
 */
@ArquillianTest
final class OpenApiIT {

    /** It has an answer with single sign-on only. */
    private static final String METADATA = "/.well-known/oauth-protected-resource";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final Set<String> successes = new TreeSet<>();

    private Answer ask(String method, String address, String body) {
        Answer answer = web.send(web.to(address, platform.key("admin"))
                .header("Content-Type", Web.JSON)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
        assertThat(answer.status())
                .as(method + " " + address + ": " + answer.body())
                .isBetween(200, 204);
        Operation operation = OpenApiDocument.current()
                .operation(method, address.replaceAll("\\?.*", ""))
                .orElseThrow();
        successes.add(operation.toString());
        return answer;
    }

    private JsonObject get(String address) {
        return ask("GET", address, "").json();
    }

    @Test
    void everyOperationAnswersAsTheDocumentSays() {
        keys();
        exports();
        sessionsAndRows();
        access();
        platform();
        assertThat(web.get(METADATA).status()).isEqualTo(404);
        assertThat(web.get(METADATA + "/mcp").status()).isEqualTo(404);
        assertThat(successes)
                .containsExactlyInAnyOrderElementsOf(OpenApiDocument.current().operations().stream()
                        .filter(operation -> !operation.path().startsWith(METADATA))
                        .map(Operation::toString)
                        .toList());
    }

    private void keys() {
        String made = ask(
                        "POST",
                        "/api/v1/keys",
                        "{\"name\":\"described\",\"roles\":[\"analyst\"],\"description\":\"by the document\","
                                + "\"email\":\"a@example.com\",\"not_before\":\"2025-01-01T00:00:00Z\","
                                + "\"expires_at\":\"2099-01-01T00:00:00Z\",\"allowed_networks\":[\"192.0.2.0/24\"]}")
                .json()
                .getString("key_id");
        String next = ask("POST", "/api/v1/keys/" + made + "/rotate", "{\"overlap\":\"0s\"}")
                .json()
                .getString("key_id");
        get("/api/v1/keys/" + next);
        ask("DELETE", "/api/v1/keys/" + next, "");
        assertThat(get("/api/v1/keys").toString()).contains("\"replaced_by\"", "\"revoked_at\"", "\"last_used\"");
        ask("POST", "/api/v1/stream-tickets", "");
    }

    private void exports() {
        try (McpConversation admin = McpConversation.begin(web, platform.key("admin"))) {
            for (String format : List.of("csv", "jsonl")) {
                String uri = McpConversation.structured(admin.call(
                                "sql_export",
                                Map.of("connection", "warehouse", "sql", "SELECT 1 AS n", "format", format)))
                        .getString("uri");
                String address = "/api/v1/exports/" + uri.substring("export://".length());
                ask("GET", address, "");
                ask("DELETE", address, "");
            }
        }
    }

    private void sessionsAndRows() {
        try (EventStream rows = web.open(web.to("/api/v1/events", platform.key("admin")));
                McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            successes.add("GET /api/v1/events");
            viewer.call("sql_query", Map.of("connection", "warehouse", "sql", "SELECT 1"));
            rows.next("audit");
            JsonObject open = get("/api/v1/sessions?kind=sse&persona=viewer");
            String id = open.getJsonArray("sessions").getJsonObject(0).getString("id");
            ask("DELETE", "/api/v1/sessions/" + id, "");
        }
        JsonObject page = get("/api/v1/audit?limit=3");
        assertThat(page.getJsonArray("rows")).hasSize(3);
        get("/api/v1/audit?limit=3&cursor=" + page.getString("next_cursor"));
        get("/api/v1/audit/" + page.getJsonArray("rows").getJsonObject(0).getJsonNumber("id"));
        for (String group : List.of("tool", "persona", "caller", "connection", "outcome")) {
            assertThat(get("/api/v1/audit/stats?by=" + group).getJsonArray("figures"))
                    .as(group)
                    .isNotEmpty();
        }
        ask("GET", "/api/v1/audit/export?format=csv&since=1m", "");
        ask("GET", "/api/v1/audit/export?format=jsonl&since=1m", "");
        get("/api/v1/audit/verify");
    }

    private void access() {
        assertThat(web.get("/api/v1/whoami", platform.key("stray")).body()).contains("no_persona");
        get("/api/v1/whoami");
        get("/api/v1/access?role=analyst&tool=sql_query&connection=warehouse&resource=a&prompt=b&skill=c");
        ask("POST", "/api/v1/access", "{\"token\":\"eyJhbGciOiJSUzI1NiJ9.e30.eA\"}");
        get("/api/v1/personas");
    }

    private void platform() {
        get("/api/v1/config");
        ask("POST", "/api/v1/config/reload", "");
        ask("POST", "/api/v1/store/backup", "");
        get("/healthz");
        get("/readyz");
        get("/platform.schema.json");
        ask("GET", "/metrics", "");
        Answer metrics =
                web.send(web.to("/metrics", platform.key("admin")).header("Accept", "application/openmetrics-text"));
        assertThat(metrics.header("Content-Type")).startsWith("application/openmetrics-text");
    }

    /** An unknown parameter is refused with the list of those that are known. */
    @Test
    void documentHasTheParametersThatThePlatformKnows() {
        for (Operation operation : OpenApiDocument.current().operations()) {
            boolean takesNone = !operation.description().containsKey("parameters")
                    || queryOf(operation).isEmpty();
            if (!operation.method().equals("GET") || operation.path().startsWith("/.well-known/") || takesNone) {
                continue;
            }
            Answer refused = web.get(operation.path().replace("{id}", "1") + "?unknown=1", platform.key("admin"));
            assertThat(known(refused)).as(operation.toString()).isEqualTo(queryOf(operation));
        }
    }

    @Test
    void documentHasTheMembersThatThePlatformKnows() {
        for (String address : List.of("/api/v1/keys", "/api/v1/keys/0a1b2c3d4e5f/rotate", "/api/v1/access")) {
            Operation operation =
                    OpenApiDocument.current().operation("POST", address).orElseThrow();
            JsonObject schema = OpenApiDocument.current()
                    .resolved(operation.pointer() + "/requestBody/content/application~1json/schema");
            Answer refused = web.post(address, platform.key("admin"), "{\"unknown\":1}");
            assertThat(known(refused))
                    .as(address)
                    .isEqualTo(schema.getJsonObject("properties").keySet());
        }
    }

    private static Set<String> known(Answer refused) {
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        return refused.json().getJsonArray("errors").getValuesAs(JsonObject.class).stream()
                .filter(error -> error.getString("found").startsWith("an unknown "))
                .map(error -> error.getString("expected").replaceFirst("^one of ", ""))
                .flatMap(names -> Set.of(names.split(", ")).stream())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<String> queryOf(Operation operation) {
        return operation.description().getJsonArray("parameters").stream()
                .map(parameter -> parameter.asJsonObject().get("$ref") instanceof JsonString reference
                        ? OpenApiDocument.current()
                                .at(reference.getString().substring(1))
                                .asJsonObject()
                        : parameter.asJsonObject())
                .filter(parameter -> parameter.getString("in").equals("query"))
                .map(parameter -> parameter.getString("name"))
                .collect(Collectors.toSet());
    }
}
