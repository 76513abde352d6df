package io.mcpdata.container.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.query.AuditJson;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.container.conformance.OpenApiDocument;
import io.mcpdata.container.conformance.OpenApiDocument.Operation;
import io.mcpdata.container.contract.Endpoints.Endpoint;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/openapi.yaml} has every address, its permission and its variables, and lets no unknown member pass. */
final class OpenApiDocumentTest {

    /** MCP has a specification of its own; the others have no answer but 404. */
    private static final Set<String> NOT_DESCRIBED =
            Set.of("/mcp", "/sse", "/messages", "/.well-known", "/.well-known/{document}", "/register");

    /** They are parts of closed schemas, or have members that another schema describes. */
    private static final Set<String> OPEN = Set.of(
            "/components/schemas/ProblemMembers",
            "/components/schemas/Key",
            "/components/schemas/Configuration/properties/in_force",
            "/paths/~1platform.schema.json/get/responses/200/content/application~1schema+json/schema");

    private final OpenApiDocument api = OpenApiDocument.current();

    @Test
    void everyEndpointIsDescribedWithItsPermission() {
        Map<String, String> endpoints = Endpoints.all().stream()
                .filter(endpoint -> !NOT_DESCRIBED.contains(endpoint.path()))
                .filter(endpoint -> !endpoint.method().equals("HEAD"))
                .collect(Collectors.toMap(endpoint -> endpoint.method() + " " + endpoint.path(), Endpoint::permission));
        Map<String, String> described =
                api.operations().stream().collect(Collectors.toMap(Operation::toString, Operation::permission));
        assertThat(described).isEqualTo(endpoints);
    }

    @Test
    void operationWithoutAPermissionNeedsNoCredential() {
        assertThat(api.operations())
                .allSatisfy(operation -> assertThat(operation.description().containsKey("security"))
                        .as(operation.toString())
                        .isEqualTo(operation.permission().isEmpty()));
    }

    @Test
    void everyVariableOfAPathIsAParameter() {
        for (Operation operation : api.operations()) {
            JsonObject item = api.document().getJsonObject("paths").getJsonObject(operation.path());
            List<JsonValue> parameters = new ArrayList<>();
            for (JsonObject with : List.of(item, operation.description())) {
                if (with.containsKey("parameters")) {
                    parameters.addAll(with.getJsonArray("parameters"));
                }
            }
            Set<String> named = parameters.stream()
                    .map(parameter -> resolved(parameter.asJsonObject()))
                    .filter(parameter -> parameter.getString("in").equals("path"))
                    .map(parameter -> parameter.getString("name"))
                    .collect(Collectors.toSet());
            Set<String> variables = Pattern.compile("\\{(\\w+)}")
                    .matcher(operation.path())
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            assertThat(named).as(operation.toString()).isEqualTo(variables);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references = new ArrayList<>();
        walk("", api.document(), (place, object) -> {
            if (object.containsKey("$ref")) {
                references.add(object.getString("$ref"));
            }
        });
        assertThat(references).hasSizeGreaterThan(100).allSatisfy(reference -> {
            if (!reference.equals("audit-row.schema.json")) {
                assertThat(api.at(reference.substring(1))).isNotNull();
            }
        });
    }

    @Test
    void everyObjectIsClosed() {
        List<String> open = new ArrayList<>();
        walk("", api.document(), (place, object) -> {
            boolean described = object.get("type") instanceof JsonString type
                            && type.getString().equals("object")
                    || object.containsKey("$ref") && object.containsKey("properties");
            if (described
                    && !object.containsKey("additionalProperties")
                    && !object.containsKey("unevaluatedProperties")) {
                open.add(place);
            }
        });
        assertThat(open).containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void answerWithAnUnknownMemberTypeOrStatusIsFound() {
        String alive = "{\"status\":\"alive\"}";
        assertThat(answer("/healthz", 200, "application/json", alive)).isEmpty();
        assertThat(answer("/healthz", 200, "application/json", "{\"status\":\"alive\",\"more\":1}"))
                .isNotEmpty();
        assertThat(answer("/healthz", 200, "application/json", "{}")).isNotEmpty();
        assertThat(answer("/healthz", 200, "text/html", alive))
                .singleElement()
                .asString()
                .contains("text/html");
        assertThat(answer("/healthz", 201, "application/json", alive))
                .containsExactly("GET /healthz answers 201: the document has no such status");
        assertThat(answer("/healthz", 404, "application/json", alive)).isNotEmpty();
    }

    @Test
    void rowWithAnUnknownMemberIsFound() {
        AuditRow row = row();
        JsonObject known = AuditJson.row(row);
        assertThat(answer("/api/v1/audit/1", 200, "application/json", known.toString()))
                .isEmpty();
        assertThat(api.problemsOfEvent("audit", known.toString())).isEmpty();
        String more = Json.createObjectBuilder(known).add("more", 1).build().toString();
        assertThat(answer("/api/v1/audit/1", 200, "application/json", more)).isNotEmpty();
        assertThat(api.problemsOfEvent("audit", more)).isNotEmpty();
        assertThat(api.problemsOfEvent("ready", "{\"after\":1}")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/audit/stats, /api/v1/audit/stats",
        "GET, /api/v1/audit/17, /api/v1/audit/{id}",
        "HEAD, /api/v1/audit/17, /api/v1/audit/{id}",
        "DELETE, /api/v1/keys/0a1b2c3d4e5f, /api/v1/keys/{key_id}",
        "GET, /.well-known/oauth-protected-resource/a/b, /.well-known/oauth-protected-resource/{path}",
        "GET, /api/v1/unknown,",
        "PUT, /api/v1/keys,"
    })
    void addressFindsItsOperation(String method, String path, String described) {
        assertThat(api.operation(method, path).map(Operation::path).orElse(null))
                .isEqualTo(described);
    }

    private List<String> answer(String path, int status, String type, String body) {
        return api.problems("GET", path, status, type, body);
    }

    private JsonObject resolved(JsonObject parameter) {
        String reference = parameter.getString("$ref", "");
        return reference.isEmpty() ? parameter : api.at(reference.substring(1)).asJsonObject();
    }

    private static void walk(String place, JsonValue value, BiConsumer<String, JsonObject> each) {
        if (value instanceof JsonObject object) {
            each.accept(place, object);
            object.forEach(
                    (name, member) -> walk(place + "/" + name.replace("~", "~0").replace("/", "~1"), member, each));
        } else if (value.getValueType() == JsonValue.ValueType.ARRAY) {
            value.asJsonArray().forEach(item -> walk(place + "/-", item, each));
        }
    }

    private static AuditRow row() {
        return new AuditRow(
                1,
                Instant.EPOCH,
                "0123456789abcdef01",
                AuditEvent.Type.TOOL_CALL.name(),
                AuditEvent.Outcome.SUCCESS.name(),
                "analyst",
                "api_key:0a1b2c3d4e5f",
                "api_key",
                "0a1b2c3d4e5f",
                "analyst",
                List.of("analyst"),
                "127.0.0.1",
                "",
                "",
                "",
                "sql_query",
                "sales",
                "{}",
                1,
                OptionalLong.empty(),
                "");
    }
}
