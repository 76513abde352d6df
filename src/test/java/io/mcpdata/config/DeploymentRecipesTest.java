package io.mcpdata.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.admin.HealthEndpoint;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The recipes beside docs/deploy/service.md fit the platform and each other; ContainerfileIT runs the start command. */
final class DeploymentRecipesTest {

    private static final java.nio.file.Path FOLDER = java.nio.file.Path.of("docs", "deploy");
    private static final java.nio.file.Path ANALYZER = java.nio.file.Path.of("/usr/bin/systemd-analyze");
    /** What a start of Payara Micro needs; the page says why. */
    private static final List<String> START = List.of(
            "rm -rf \\S*/payara/config",
            "--nocluster --port ",
            "--rootdir \\S*/payara ",
            "--prebootcommandfile \\S*/pre-boot.asadmin ",
            "--postbootcommandfile \\S*/post-boot.asadmin ",
            "--postdeploycommandfile \\S*/post-deploy.asadmin ",
            "--deploy \\S*/mcp-data-platform.war --contextroot /");

    @Test
    void platformTakesTheConfigurationOfTheConfigMap(@TempDir java.nio.file.Path secrets) throws IOException {
        Files.writeString(secrets.resolve("api-key-analyst"), "value-of-the-key-0123456789-0123456789\n");
        Files.writeString(secrets.resolve("sales-password"), "value-of-the-password\n");
        String yaml = at("ConfigMap", "data", "platform.yaml").toString();
        String mounted = pod("containers", 0, "volumeMounts", 3, "mountPath").toString();
        assertThat(yaml).contains("${file:" + mounted + "/api-key-analyst}", "${file:" + mounted + "/sales-password}");
        ConfigReading reading = new PlatformConfigReader(name -> Optional.of("/var/lib/mcp-data-platform"))
                .read("platform.yaml", yaml.replace(mounted, secrets.toString()));
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    /** With the JSON log, the page takes the commands away, and the properties have the levels. */
    @Test
    void jsonLogOfPayaraHasTheLevelsOfTheCommands() throws IOException {
        java.nio.file.Path folder = java.nio.file.Path.of("server-config", "payara");
        List<String> commands = new ArrayList<>();
        for (String file : List.of("pre-boot.asadmin", "post-boot.asadmin")) {
            Files.readAllLines(folder.resolve(file)).stream()
                    .filter(line -> line.startsWith("set-log-levels "))
                    .flatMap(line -> Arrays.stream(
                            line.substring("set-log-levels ".length()).split(":")))
                    .map(level -> level.replace("=", ".level="))
                    .forEach(commands::add);
        }
        assertThat(Files.readAllLines(folder.resolve("json-log.properties")))
                .containsAll(commands)
                .contains("java.util.logging.ConsoleHandler.formatter="
                        + "fish.payara.enterprise.server.logging.JSONLogFormatter");
        assertThat(commands).hasSizeGreaterThan(5);
    }

    @Test
    void pageMakesTheSecretsThatThePodReads() throws IOException {
        String page = Files.readString(FOLDER.resolve("service.md"));
        assertThat(pod("volumes", 3, "secret", "secretName")).isEqualTo("mcp-data-platform");
        assertThat(pod("containers", 0, "volumeMounts", 3, "name")).isEqualTo(pod("volumes", 3, "name"));
        assertThat(page)
                .contains(
                        "create secret generic mcp-data-platform",
                        "--from-literal=api-key-analyst=",
                        "--from-literal=sales-password=");
    }

    @Test
    void probesAskTheEndpointsThatAnswerThem() throws Exception {
        String alive = path(HealthEndpoint.class.getMethod("alive"));
        String ready = path(HealthEndpoint.class.getMethod("ready"));
        Map<String, String> probes = Map.of("startupProbe", alive, "livenessProbe", alive, "readinessProbe", ready);
        for (Map.Entry<String, String> probe : probes.entrySet()) {
            assertThat(pod("containers", 0, probe.getKey(), "httpGet", "path"))
                    .as(probe.getKey())
                    .isEqualTo(probe.getValue());
            assertThat(pod("containers", 0, probe.getKey(), "httpGet", "port")).isEqualTo("http");
        }
        assertThat(Files.readString(FOLDER.resolve("service.md")))
                .contains("| startup, liveness | `" + alive + "` |", "| readiness | `" + ready + "` |");
        assertThat(Files.readString(FOLDER.resolve("haproxy.cfg"))).contains("option httpchk GET " + ready + "\n");
    }

    @Test
    void podFitsTheImage() throws IOException {
        String image = Files.readString(FOLDER.resolve("Containerfile"));
        assertThat(image).contains("\nUSER " + pod("securityContext", "runAsUser") + ":");
        assertThat(image).contains("\nEXPOSE " + pod("containers", 0, "ports", 0, "containerPort") + "\n");
        assertThat(pod("terminationGracePeriodSeconds")).isEqualTo(40);
        List<String> written = List.of("/etc/mcp-data-platform", "/var/lib/mcp-data-platform", "/tmp");
        for (int i = 0; i < written.size(); i++) {
            assertThat(pod("containers", 0, "volumeMounts", i, "mountPath")).isEqualTo(written.get(i));
            assertThat(image).contains(written.get(i));
        }
    }

    @Test
    void everyRecipeStartsTheServerAsItsPageDoes() throws IOException {
        for (String recipe : List.of("payara.md", "Containerfile", "mcp-data-platform.service")) {
            String command = Files.readString(FOLDER.resolve(recipe))
                    .replaceAll("[\"\\\\]", "")
                    .replaceAll("\\s+", " ");
            assertThat(START).as(recipe).allSatisfy(part -> assertThat(command).containsPattern(part));
        }
    }

    @Test
    void imageIsMadeOfFilesThatTheBuildLeaves() throws IOException {
        List<String> copied = new ArrayList<>();
        for (String line : Files.readAllLines(FOLDER.resolve("Containerfile"))) {
            if (line.startsWith("COPY ")) {
                List<String> words = Arrays.asList(line.split(" "));
                copied.addAll(words.subList(1, words.size() - 1));
            }
        }
        assertThat(copied).hasSize(5);
        assertThat(copied)
                .filteredOn(file -> file.startsWith("server-config/"))
                .hasSize(3)
                .allSatisfy(file -> assertThat(java.nio.file.Path.of(file)).exists());
    }

    @Test
    void systemdReadsTheUnit() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(ANALYZER), "systemd is installed");
        java.nio.file.Path program = java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java");
        java.nio.file.Path unit = Files.createTempDirectory("unit").resolve("mcp-data-platform.service");
        Files.writeString(
                unit,
                Files.readString(FOLDER.resolve("mcp-data-platform.service"))
                        .replace("/usr/bin/java", program.toString()));
        Process verify = new ProcessBuilder(ANALYZER.toString(), "verify", "--man=no", unit.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain(unit.getFileName().toString());
    }

    private static String path(java.lang.reflect.Method method) {
        return "/" + method.getAnnotation(Path.class).value();
    }

    /** What is at this path of the first document of the kind: names of members, and numbers of elements. */
    private static Object at(String kind, Object... path) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object document : yaml.loadAll(Files.readString(FOLDER.resolve("kubernetes.yaml")))) {
            if (kind.equals(((Map<?, ?>) document).get("kind"))) {
                Object node = document;
                for (Object step : path) {
                    node = Objects.requireNonNull(
                            step instanceof Integer index ? ((List<?>) node).get(index) : ((Map<?, ?>) node).get(step),
                            kind + " lacks " + step);
                }
                return node;
            }
        }
        throw new AssertionError("kubernetes.yaml has no " + kind);
    }

    /** The same below the template of the pod. */
    private static Object pod(Object... path) throws IOException {
        List<Object> whole = new ArrayList<>(List.of("spec", "template", "spec"));
        whole.addAll(List.of(path));
        return at("Deployment", whole.toArray());
    }
}
