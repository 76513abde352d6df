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
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
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
            "--deploy \\S*/mcp-data-platform.war --contextroot /");

    @Test
    void platformTakesTheConfigurationOfTheConfigMap() throws IOException {
        String yaml = part("ConfigMap", "data").get("platform.yaml").toString();
        ConfigReading reading = new PlatformConfigReader(name -> Optional.of("value-of-" + name + "-0123456789"))
                .read("platform.yaml", yaml.replace("${DATA_DIR}", "/var/lib/mcp-data-platform"));
        assertThat(reading.errors()).isEmpty();
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void probesAskTheEndpointsThatAnswerThem() throws Exception {
        String alive = path(HealthEndpoint.class.getMethod("alive"));
        String ready = path(HealthEndpoint.class.getMethod("ready"));
        Map<String, Object> container = container();
        for (Map.Entry<String, String> probe : Map.of(
                        "startupProbe", alive, "livenessProbe", alive, "readinessProbe", ready)
                .entrySet()) {
            Map<String, Object> request = map(map(container.get(probe.getKey())).get("httpGet"));
            assertThat(request).as(probe.getKey()).containsEntry("path", probe.getValue());
            assertThat(request).containsEntry("port", "http");
        }
        assertThat(Files.readString(FOLDER.resolve("service.md")))
                .contains("| startup, liveness | `" + alive + "` |", "| readiness | `" + ready + "` |");
        assertThat(Files.readString(FOLDER.resolve("haproxy.cfg"))).contains("option httpchk GET " + ready + "\n");
    }

    @Test
    void podFitsTheImage() throws IOException {
        String image = Files.readString(FOLDER.resolve("Containerfile"));
        Map<String, Object> pod = pod();
        assertThat(image).contains("\nUSER " + map(pod.get("securityContext")).get("runAsUser") + ":");
        assertThat(image)
                .contains(
                        "\nEXPOSE " + map(list(container().get("ports")).get(0)).get("containerPort") + "\n");
        assertThat((int) pod.get("terminationGracePeriodSeconds")).isGreaterThanOrEqualTo(40);
        List<String> mounts = list(container().get("volumeMounts")).stream()
                .map(mount -> map(mount).get("mountPath").toString())
                .toList();
        for (String written : List.of("/etc/mcp-data-platform", "/var/lib/mcp-data-platform", "/tmp")) {
            assertThat(mounts).contains(written);
            assertThat(image).contains(written);
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
        assertThat(copied).hasSize(4);
        assertThat(copied)
                .filteredOn(file -> file.startsWith("server-config/"))
                .hasSize(2)
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

    private static Map<String, Object> container() throws IOException {
        return map(list(pod().get("containers")).get(0));
    }

    private static Map<String, Object> pod() throws IOException {
        return map(map(part("Deployment", "spec").get("template")).get("spec"));
    }

    private static Map<String, Object> part(String kind, String member) throws IOException {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object document : yaml.loadAll(Files.readString(FOLDER.resolve("kubernetes.yaml")))) {
            if (kind.equals(map(document).get("kind"))) {
                return map(map(document).get(member));
            }
        }
        throw new AssertionError("kubernetes.yaml has no " + kind);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<?> list(Object node) {
        return (List<?>) node;
    }
}
