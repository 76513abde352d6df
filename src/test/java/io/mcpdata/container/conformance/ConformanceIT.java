package io.mcpdata.container.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.conformance.ConformanceToolkit;
import io.mcpdata.container.server.ExtendedWar;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The official suite, revision by revision, with a key whose persona may use everything. What it calls is in a jar that is
 * added to the packaged WAR.
 */
@ArquillianTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConformanceIT {

    /** Beside those of the tasks extension. Not required by a revision, because the suite's own server does not pass them or because they are newer. */
    private static final Set<String> MORE = Set.of(
            "server-session-lifecycle",
            "server-sse-polling",
            "json-schema-2020-12",
            "http-header-validation",
            "http-custom-header-server-validation");

    private static final String YAML = """
            server:
              name: conformance
              data_dir: ${DATA_DIR}
            auth:
              api_keys:
                enabled: true
                keys:
                  - {key: "${KEY_ADMIN}", name: conformance-suite, roles: [everything]}
            personas:
              everything:
                roles: [everything]
                connections: {allow: ["*"]}
                tools: {allow: ["*"]}
                resources: {allow: ["*"]}
                prompts: {allow: ["*"]}
                skills: {allow: ["*"]}
            skills:
              folder: ${SKILLS}
            """;

    private static final String SKILLS =
            Path.of("src", "test", "conformance", "skills").toAbsolutePath().toString();

    private final ConformanceSuite suite = ConformanceSuite.installed();
    private final Platform platform = Platform.start(Platform.Options.standard()
            .withYaml(YAML)
            .withEnvironment(Map.of("SKILLS", SKILLS))
            .withWar(ExtendedWar.with(ConformanceToolkit.class)));

    @AfterAll
    void stop() {
        platform.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-11-25", "2026-07-28"})
    void everyRequiredScenarioPasses(String revision) throws IOException, InterruptedException {
        String server = Setup.fromMaven().server();
        List<ScenarioResult> results = suite.run(revision, platform.server().baseUrl() + "/mcp", platform.key("admin"));
        String table = ScenarioResult.table(server + ", revision " + revision, results);
        System.out.print(table);
        Files.writeString(Path.of("target", "conformance-" + server + "-" + revision + ".txt"), table);

        assertThat(results.stream().filter(ScenarioResult::isRequired)).hasSizeGreaterThan(25);
        assertThat(results.stream()
                        .filter(result -> result.isRequired()
                                || MORE.contains(result.scenario())
                                || result.scenario().startsWith("tasks-"))
                        .flatMap(result -> result.problems().stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sep-2640-skills-enumeration", "sep-2640-skills-manifest", "sep-2640-skills-directory"})
    void everyScenarioOfTheExtensionSkillsPasses(String scenario) throws IOException, InterruptedException {
        ScenarioResult result =
                suite.runScenario(scenario, platform.server().baseUrl() + "/mcp", platform.key("admin"));
        System.out.print(ScenarioResult.table(Setup.fromMaven().server() + ", extension Skills", List.of(result)));

        assertThat(result.problems()).isEmpty();
        // a server that does not declare the extension gets no problems, and no passed checks of it
        assertThat(result.passed()).isGreaterThan(4);
    }
}
