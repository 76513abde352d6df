package io.mcpdata.container.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The suite as npm has installed it in {@code src/test/conformance}. */
final class ConformanceSuite {

    private static final Path HOME = Path.of("src", "test", "conformance").toAbsolutePath();
    private static final Path NODE = HOME.resolve("node_modules/node/bin/node");
    private static final Path SUITE = HOME.resolve("node_modules/@modelcontextprotocol/conformance");
    private static final long LONGEST_SECONDS = 180;

    private ConformanceSuite() {}

    /** Without the suite the tests are skipped, unless the environment variable {@code REQUIRE_CONFORMANCE} is set. */
    static ConformanceSuite installed() {
        String missing = "the conformance suite is not installed; run: npm ci --prefix src/test/conformance";
        boolean present = Files.isExecutable(NODE) && Files.isDirectory(SUITE);
        if (!present && System.getenv("REQUIRE_CONFORMANCE") != null) {
            throw new IllegalStateException(missing);
        }
        if (!present) {
            // no report shows why a test class was not begun
            System.out.println("ConformanceIT is skipped: " + missing);
        }
        assumeTrue(present, missing);
        return new ConformanceSuite();
    }

    /** Runs what the revision requires, and what the suite only reports, in the order of the suite's requirements. */
    List<ScenarioResult> run(String revision, String url, String key) throws IOException, InterruptedException {
        Path work = work(revision);
        Path output = execute(work, url, key, "--requirements", revision);
        return results(revision, work.resolve("results"), output);
    }

    /** Runs a scenario that no revision requires, because it is about an extension. */
    ScenarioResult runScenario(String scenario, String url, String key) throws IOException, InterruptedException {
        Path work = work(scenario);
        Path output = execute(work, url, key, "--scenario", scenario);
        return result(scenario, "extension", work.resolve("results"), output);
    }

    private static Path work(String name) {
        return Setup.fromMaven()
                .work()
                .resolve("conformance-" + Setup.fromMaven().server() + "-" + name);
    }

    private static Path execute(Path work, String url, String key, String what, String name)
            throws IOException, InterruptedException {
        Folders.clear(work);
        Path output = work.resolve("output.txt");
        ProcessBuilder command = new ProcessBuilder(
                        NODE.toString(),
                        "--import",
                        HOME.resolve("authorize.mjs").toUri().toString(),
                        SUITE.resolve("dist/index.js").toString(),
                        "server",
                        "--url",
                        url,
                        what,
                        name,
                        "--output-dir",
                        work.resolve("results").toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment().put("KEY", key);
        Process process = command.start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the suite did not end in time:\n" + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return output;
    }

    private static List<ScenarioResult> results(String revision, Path directory, Path output) throws IOException {
        Map<String, Object> requirements = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(SUITE.resolve("requirements/" + revision + ".yaml")));
        List<ScenarioResult> results = new ArrayList<>();
        for (Object scenario : (List<?>) requirements.getOrDefault("server", List.of())) {
            results.add(result(String.valueOf(scenario), "", directory, output));
        }
        for (Object entry : (List<?>) requirements.getOrDefault("not_scored", List.of())) {
            Map<?, ?> extra = (Map<?, ?>) entry;
            if ("server".equals(extra.get("leg"))) {
                results.add(result(
                        String.valueOf(extra.get("scenario")), String.valueOf(extra.get("reason")), directory, output));
            }
        }
        return results;
    }

    private static ScenarioResult result(String scenario, String reason, Path directory, Path output)
            throws IOException {
        String prefix = "server-" + scenario + "-2";
        try (Stream<Path> folders = Files.list(directory)) {
            Path checks = folders.filter(
                            folder -> folder.getFileName().toString().startsWith(prefix))
                    .map(folder -> folder.resolve("checks.json"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalStateException("the suite left no result of " + scenario + "; see " + output));
            return ScenarioResult.read(scenario, reason, checks);
        }
    }
}
