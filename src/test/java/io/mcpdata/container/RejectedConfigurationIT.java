package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Eventually;
import io.mcpdata.container.server.OnRealServer;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Platform.Options;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that starts with a bad configuration: everything is refused, and the log says all that is wrong at once. */
@OnRealServer
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

    private final Platform shared;

    RejectedConfigurationIT(Platform shared) {
        this.shared = shared;
    }

    @Test
    void everythingIsRefusedAndTheLogNamesEveryMistakeAtOnce() {
        String padded = "padded-value-of-this-run ";
        try (Platform platform =
                Platform.start(Options.standard().withYaml(BROKEN).withEnvironment(Map.of("PADDED", padded)))) {
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
                assertThat(platform.server().log()).contains("configuration rejected: " + expected);
            }
            assertThat(platform.server().log()).doesNotContain(padded.strip(), platform.key("admin"));

            platform.configure(Platform.standardYaml());
            Eventually.within(
                    Duration.ofSeconds(5),
                    "the mended configuration is in force without a restart",
                    () -> web.get("/api/v1/whoami", platform.key("admin")).status() == 200);
        }
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
                    Duration.ofSeconds(5),
                    "readiness tells that a configuration was rejected",
                    () -> web.get("/readyz").body().contains("configuration rejected"));
            for (String key : List.of("admin", "viewer", "analyst")) {
                assertThat(web.get("/api/v1/whoami", shared.key(key)).status())
                        .as(key)
                        .isEqualTo(200);
            }
            assertThat(web.get("/api/v1/config", shared.key("admin")).body())
                    .contains("\"newest_version\":\"rejected\"", "platform.yaml:");
            assertThat(web.get("/readyz").body()).as("anybody may ask").doesNotContain("platform.yaml");
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
                "the mended file is taken",
                () -> web.get("/readyz").json().getString("status").equals("ready"));
    }
}
