package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Platform.Options;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A server that starts with an invalid configuration: everything is refused, and the log has all faults at once. First,
 * because other classes use the server that it starts.
 */
@ArquillianTest
@OnOneServer
@Order(1)
final class RejectedConfigurationIT {

    private static final String BROKEN = """
            server:
              name: broken
              data_dir: ${DATA_DIR}
            auth:
              api_keys:
                enabled: true
                keyz: []
                keys:
                  - {key: "${KEY_ADMIN}", name: one, roles: [admin]}
                  - {key: "${KEY_ADMIN}", name: two, roles: [admin]}
                  - {key: "${NOT_SET_ANYWHERE}", name: three, roles: [admin]}
                  - {key: "${PADDED}", name: four, roles: [admin]}
                  - {key: "", name: five, roles: [admin]}
                  - {key: short, name: six, roles: []}
            personas:
              analyst:
                roles: [analyst]
                tools: {allow: ["sql_(query"]}
            """;

    @ArquillianResource
    private Platform shared;

    @Test
    void everythingIsRefusedAndTheLogNamesEveryMistakeAtOnce() {
        String padded = "padded-value-of-this-run ";
        Platform platform =
                SecondPlatform.start(Options.standard().withYaml(BROKEN).withEnvironment(Map.of("PADDED", padded)));
        Web web = new Web(platform);

        Answer answer = web.get("/api/v1/whoami", platform.key("admin"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(web.get("/healthz").status()).isEqualTo(200);
        assertThat(web.get("/readyz").status()).isEqualTo(503);

        for (String expected : List.of(
                "platform.yaml:7: auth.api_keys.keyz: found an unknown key",
                "platform.yaml:10: auth.api_keys.keys[1]: found the same key value as in auth.api_keys.keys[0]",
                "platform.yaml:11: auth.api_keys.keys[2].key: found the variable NOT_SET_ANYWHERE, which is not set",
                "platform.yaml:12: auth.api_keys.keys[3].key: found a key with whitespace around it",
                "platform.yaml:13: auth.api_keys.keys[4].key: found an empty key",
                "platform.yaml:14: auth.api_keys.keys[5].key: found a key of 5 characters",
                "platform.yaml:14: auth.api_keys.keys[5].roles: found no role",
                "platform.yaml:18: personas.analyst.tools.allow[0]: found \"sql_(query\"")) {
            platform.server().awaitLog("configuration rejected: " + expected);
        }
        assertThat(platform.server().log()).doesNotContain(padded.strip(), platform.key("admin"));

        platform.configure(Platform.standardYaml());
        Eventually.within(
                Duration.ofSeconds(5),
                "the corrected configuration is in force without a restart",
                () -> web.get("/api/v1/whoami", platform.key("admin")).status() == 200);
    }

    @Test
    void halfWrittenVersionDoesNotReplaceARunningOne() throws IOException {
        Web web = new Web(shared);
        String yaml = shared.originalYaml();
        // in the middle of a key's entry: what comes after it would be missing, too
        String half = yaml.substring(0, yaml.indexOf("name: viewer-service"));
        try {
            Files.writeString(shared.configurationFile(), half);
            Eventually.within(
                    Duration.ofSeconds(10),
                    "readiness tells that a configuration was rejected",
                    () -> web.get("/readyz").body().contains("configuration rejected"));
            for (String key : List.of("admin", "viewer", "analyst")) {
                assertThat(web.get("/api/v1/whoami", shared.key(key)).status())
                        .as(key)
                        .isEqualTo(200);
            }
            assertThat(web.get("/api/v1/config", shared.key("admin")).body())
                    .contains("\"newest_version\":\"rejected\"", "platform.yaml:");
            assertThat(web.get("/readyz").body()).as("readiness is public").doesNotContain("platform.yaml");
            Files.writeString(shared.configurationFile(), yaml.substring(half.length()), StandardOpenOption.APPEND);
        } finally {
            shared.configure(yaml);
        }
        Eventually.within(
                Duration.ofSeconds(5),
                "the whole file is taken",
                () -> web.get("/readyz").json().getString("status").equals("ready"));
    }

    @Test
    void reloadReadsTheFileAtOnceAndNamesItsFaults() throws IOException {
        Web web = new Web(shared);
        String yaml = shared.originalYaml();
        assertThat(web.post("/api/v1/config/reload", shared.key("viewer"), "").status())
                .isEqualTo(403);
        try {
            Files.writeString(shared.configurationFile(), yaml.replace("container tests", "read at once"));
            JsonObject now =
                    web.post("/api/v1/config/reload", shared.key("admin"), "").json();
            assertThat(now.getJsonObject("in_force").getJsonObject("server").getString("name"))
                    .isEqualTo("read at once");
            assertThat(now.getString("newest_version")).isEqualTo("in force");
            assertThat(now.getString("file"))
                    .isEqualTo(shared.configurationFile().toAbsolutePath().toString());

            Files.writeString(shared.configurationFile(), yaml + "colour: red\n");
            Answer refused = web.post("/api/v1/config/reload", shared.key("admin"), "");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().getString("detail"))
                    .startsWith("The configuration was rejected: platform.yaml:")
                    .endsWith("; the version before it stays in force.")
                    .contains("colour: found an unknown key");
            assertThat(web.get("/api/v1/config", shared.key("admin")).json().getString("in_force_since"))
                    .isEqualTo(now.getString("in_force_since"));
        } finally {
            shared.configure(yaml);
        }
        JsonObject whole =
                web.post("/api/v1/config/reload", shared.key("admin"), "").json();
        assertThat(whole.getString("newest_version")).isEqualTo("in force");
        assertThat(whole.getJsonObject("last_rejection").getJsonArray("problems"))
                .singleElement()
                .asString()
                .contains("colour");
        assertThat(web.get("/api/v1/audit?category=reload_requested&since=5m", shared.key("admin"))
                        .body())
                .contains("\"caller\":\"admin-service\"");
    }

    /** Half the file is valid YAML, and lacks only what a persona is denied. */
    @Test
    void versionWrittenInPlaceWithPausesNeverTakesEffectInPart() throws IOException, InterruptedException {
        String tools = "    tools: {allow: [\"*\"], deny: [sql_query, sql_explain]}\n";
        String viewer = "  viewer:\n    roles: [viewer]\n    priority: 5\n" + tools
                + "    connections: {allow: [warehouse]}\n"
                + "    resources: {allow: [\"document://*\"], deny: [\"document://board\"]}\n";
        String original = shared.originalYaml();
        assertThat(original).containsOnlyOnce(viewer);
        int personas = original.indexOf("personas:\n");
        int behind = original.indexOf("connections:\n  warehouse:");
        String half = (original.substring(0, personas) + original.substring(behind) + "\n"
                        + original.substring(personas, behind).replace(viewer, "") + viewer.replace(tools, "")
                        + "    tools:\n      allow: [\"*\"]\n")
                .replace("name: container tests", "name: written in place");
        Web web = new Web(shared);
        try {
            assertThat(viewerMayQuery(web)).isFalse();
            Files.writeString(shared.configurationFile(), half);
            assertNeverMayQueryFor(Duration.ofMillis(600), web);
            Files.writeString(shared.configurationFile(), "      deny:\n", StandardOpenOption.APPEND);
            assertNeverMayQueryFor(Duration.ofMillis(600), web);
            Files.writeString(shared.configurationFile(), "        - sql_query\n", StandardOpenOption.APPEND);
            Eventually.within(Duration.ofSeconds(10), "the whole file is in force", () -> {
                assertThat(viewerMayQuery(web)).isFalse();
                return web.get("/api/v1/config", shared.key("admin")).body().contains("written in place");
            });
            assertThat(viewerMayQuery(web)).isFalse();
            // the half would have been accepted if it had stayed there
            shared.configure(half);
            Eventually.within(Duration.ofSeconds(5), "the half is in force", () -> viewerMayQuery(web));
        } finally {
            shared.configure(original);
        }
        Eventually.within(Duration.ofSeconds(5), "the original is in force", () -> !viewerMayQuery(web));
    }

    private void assertNeverMayQueryFor(Duration time, Web web) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < time.toNanos()) {
            assertThat(viewerMayQuery(web)).isFalse();
            Thread.sleep(20);
        }
    }

    private boolean viewerMayQuery(Web web) {
        try (McpConversation viewer = McpConversation.begin(web, shared.key("viewer"))) {
            return viewer.query("SELECT 1").containsKey("result");
        }
    }

    @Test
    void documentsAndPromptsAreTakenWithoutARestartAndAMissingFileChangesNothing() throws IOException {
        String yaml = """
                server: {name: container tests, data_dir: "${DATA_DIR}"}
                auth: {api_keys: {enabled: true, keys: [{key: "${KEY_ADMIN}", name: admin-service, roles: [admin]}]}}
                prompts: {hello: {text: "Canary {{name}}", arguments: {name: {required: true}}}}
                documents: {terms: {file: terms.md}}
                """;
        Web web = new Web(shared);
        try {
            Files.writeString(shared.configurationFile().resolveSibling("terms.md"), "Canary");
            shared.configure(yaml);
            Eventually.within(
                    Duration.ofSeconds(5),
                    "document and prompt are in force",
                    () -> configuration(web).contains("\"uri\":\"document://terms\""));
            assertThat(configuration(web)).contains("\"name\":\"hello\"").doesNotContain("Canary");

            shared.configure(yaml.replace("terms.md", "none.md").replace("hello", "goodbye"));
            Eventually.within(
                    Duration.ofSeconds(5),
                    "the version without its file is rejected",
                    () -> configuration(web).contains("documents.terms.file: found \\\"none.md\\\": no regular file"));
            assertThat(configuration(web))
                    .contains("\"newest_version\":\"rejected\"", "\"name\":\"hello\"", "document://terms");
        } finally {
            shared.configure(shared.originalYaml());
        }
        Eventually.within(
                Duration.ofSeconds(5),
                "the original is in force",
                () -> !configuration(web).contains("\"name\":\"hello\"")
                        && configuration(web).contains("\"newest_version\":\"in force\""));
    }

    private String configuration(Web web) {
        return web.get("/api/v1/config", shared.key("admin")).body();
    }

    @Test
    void brokenVersionDoesNotReplaceARunningOne() {
        Web web = new Web(shared);
        try {
            shared.configure(
                    shared.originalYaml().replace("roles: [viewer]\n    priority", "rolez: [viewer]\n    priority"));
            Eventually.within(
                    Duration.ofSeconds(5),
                    "readiness tells that a configuration was rejected",
                    () -> web.get("/readyz").body().contains("configuration rejected"));

            assertThat(web.get("/readyz").status()).isEqualTo(200);
            assertThat(web.get("/readyz").json().getString("status")).isEqualTo("degraded");
            assertThat(web.get("/api/v1/whoami", shared.key("viewer")).status()).isEqualTo(200);
        } finally {
            shared.configure(shared.originalYaml());
        }
        Eventually.within(
                Duration.ofSeconds(5),
                "the corrected file is taken",
                () -> web.get("/readyz").json().getString("status").equals("ready"));
    }
}
