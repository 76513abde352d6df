package io.mcpdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code demo/run} as a person calls it, in a copy of the project with a Maven and a server that only say what they are
 * asked for. The quick start of CI runs the same with the real ones.
 */
@DisabledOnOs(OS.WINDOWS)
final class DemoTest {

    private static final String LAST_LINE = "Log of the server: ";

    private static final String MAVEN = """
            #!/bin/sh
            echo "$@" >>maven-calls
            if [ -f maven-fails ]; then
              echo "[INFO] Scanning for projects"
              echo "[ERROR] the repository cannot be reached"
              exit 1
            fi
            echo "[INFO] Downloaded from central: https://repository.example/a.jar (1.5 MB at 3.0 MB/s)"
            mkdir -p target/servers
            cp stub.jar target/servers/payara-micro.jar
            touch target/mcp-data-platform.war
            if [ -f maven-takes-long ]; then sleep 2; fi
            """;

    @TempDir
    static Path project;

    private final List<Process> demos = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private int port;

    @BeforeAll
    static void copyProject() throws IOException {
        Files.createDirectories(project.resolve("demo"));
        try (Stream<Path> files = Files.list(Path.of("demo"))) {
            for (Path file : files.toList()) {
                Files.copy(file, project.resolve("demo").resolve(file.getFileName()));
            }
        }
        Files.createDirectories(project.resolve("src/main"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Path maven = Files.createDirectory(project.resolve("bin")).resolve("mvn");
        Files.writeString(maven, MAVEN);
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, DemoServerStub.class.getName());
        String entry = DemoServerStub.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(project.resolve("stub.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry(entry));
            Files.copy(Path.of("target", "test-classes").resolve(entry), jar);
        }
    }

    @BeforeEach
    void choosePort() {
        port = FreePort.next();
    }

    @AfterEach
    void stopDemos() throws InterruptedException {
        for (Process demo : demos) {
            demo.destroy();
            assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The output of a demo that ended, or that has printed its greeting. */
    private String run(String... arguments) throws Exception {
        return run(project, List.of(project.resolve("demo/run").toString()), arguments);
    }

    private String run(Path directory, List<String> command, String... arguments) throws Exception {
        Path out = Files.createTempFile(project, "out", "");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).directory(directory.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PATH", project.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().remove("DEMO_DATA_DIR");
        builder.environment().putAll(environment);
        Process demo =
                builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        demo.getOutputStream().close();
        demos.add(demo);
        Eventually.within(
                Duration.ofSeconds(60),
                "the demo has printed its greeting or ended",
                () -> !demo.isAlive() || read(out).contains(LAST_LINE));
        return read(out);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String greeting(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--port", String.valueOf(port)));
        arguments.addAll(List.of(more));
        String output = run(arguments.toArray(String[]::new));
        assertThat(output).contains(LAST_LINE);
        return output;
    }

    private int exitCode() {
        return demos.get(demos.size() - 1).exitValue();
    }

    private void stop() throws InterruptedException {
        Process demo = demos.get(demos.size() - 1);
        demo.destroy();
        assertThat(demo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static String key(String persona, String output) {
        Matcher line = Pattern.compile("^  " + persona + " +(\\S{43})$", Pattern.MULTILINE)
                .matcher(output);
        assertThat(line.find()).as(output).isTrue();
        return line.group(1);
    }

    private Path own(String... lines) throws IOException {
        return Files.writeString(project.resolve("own.yaml"), String.join("\n", lines) + "\n");
    }

    @Test
    void keysStayUntilNewOnesAreAskedFor() throws Exception {
        String first = key("analyst", greeting());
        Path file = project.resolve("target/demo/" + port + "/data/keys.env");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().contains("API_KEY_ANALYST=" + first + "\n");
        stop();
        assertThat(key("analyst", greeting())).isEqualTo(first);
        stop();

        String fresh = key("analyst", greeting("--fresh-keys"));

        assertThat(fresh).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        stop();
        assertThat(key("analyst", greeting())).isEqualTo(fresh);
    }

    @Test
    void fileOfAnEarlierVersionGetsTheKeysThatItLacks() throws Exception {
        String first = key("analyst", greeting());
        stop();
        Path file = project.resolve("target/demo/" + port + "/data/keys.env");
        Files.writeString(file, Files.readString(file).replaceAll("API_KEY_GERMANY=.*\n", ""));

        String output = greeting();

        assertThat(key("analyst", output)).isEqualTo(first);
        assertThat(file).content().contains("API_KEY_GERMANY=" + key("germany", output) + "\n");
    }

    @Test
    void keysThatOthersCanReadOrThatAreBrokenAreNotUsed() throws Exception {
        greeting();
        stop();
        Path file = project.resolve("target/demo/" + port + "/data/keys.env");
        String keys = Files.readString(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(run("--port", String.valueOf(port)))
                .contains("demo/run: other users of this machine can read the keys in ")
                .contains("--fresh-keys");
        assertThat(exitCode()).isEqualTo(1);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, keys.replaceAll("API_KEY_ADMIN=.*", "API_KEY_ADMIN=short"));
        String output = run("--port", String.valueOf(port));
        assertThat(output).contains("has no usable key API_KEY_ADMIN; make new ones with demo/run --fresh-keys");
        assertThat(exitCode()).isEqualTo(1);
        greeting("--fresh-keys");
    }

    @Test
    void greetingShowsTheDifferenceOfThePersonasAndWhatToDoNext() throws Exception {
        Files.writeString(
                project.resolve("demo/platform.yaml"),
                Files.readString(Path.of("demo/platform.yaml")) + "# connection: warehouse\n");

        String output = greeting();

        String analyst = key("analyst", output);
        assertThat(output)
                .contains("             Is the \"analyst\": 2 tools, connection warehouse\n")
                .contains("             Is the \"viewer\": 1 tool without sql_query, connection warehouse\n")
                .contains("  claude mcp add --transport http mcp-data-platform http://localhost:" + port
                        + "/mcp --header \"Authorization: Bearer " + analyst + "\"\n"
                        + "If it says that mcp-data-platform exists already, remove that one first:\n"
                        + "  claude mcp remove mcp-data-platform\n")
                .contains("with the key of admin: http://localhost:" + port + "/console/\n")
                .contains("Then ask in plain words:\n  Which product category ")
                .contains("A client with the key of viewer sees the same tables, but runs no SQL of its own.")
                .contains("with Node.js 22.19 or newer:\n  npx @modelcontextprotocol/inspector@latest --cli ")
                .contains("  curl -N \"http://localhost:" + port + "/sse?api_key=" + analyst + "\"\n");
    }

    @Test
    void demosOnTwoPortsRunBesideEachOther() throws Exception {
        String first = greeting();
        int other = FreePort.next();
        String second = run("--port=" + other);

        assertThat(key("analyst", second)).isNotEqualTo(key("analyst", first));
        for (int each : new int[] {port, other}) {
            assertThat(project.resolve("target/demo/" + each + "/server.log"))
                    .content()
                    .contains("started with the data directory "
                            + project.toRealPath().resolve("target/demo/" + each + "/data"));
        }
        assertThat(demos).allMatch(Process::isAlive);
        assertThat(run("--port", String.valueOf(port)))
                .isEqualTo("demo/run: port " + port + " is in use; stop the program that listens there, or choose"
                        + " another port: demo/run --port " + (port + 1) + "\n");
        assertThat(exitCode()).isEqualTo(1);
    }

    @Test
    void anotherDirectoryForKeysAndDataMayBeNamed() throws Exception {
        Path data = project.resolve("my data");
        environment.put("DEMO_DATA_DIR", data.toString());

        greeting();

        assertThat(data.resolve("keys.env")).exists();
        assertThat(project.resolve("target/demo/" + port + "/server.log"))
                .content()
                .contains("started with the data directory " + data);
    }

    @ParameterizedTest
    @CsvSource({"--help", "-h", "--port 9090 --help"})
    void helpIsNoError(String arguments) throws Exception {
        assertThat(run(arguments.split(" ")))
                .startsWith("Usage: demo/run [--port N] [--config FILE] [--fresh-keys]\n")
                .contains("--fresh-keys    make new keys");
        assertThat(exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --prot 9090          | '--prot' is not an option.
            9090                 | '9090' is not an option.
            --port               | --port takes a number from 1 to 65535, and none is given.
            --port x             | --port takes a number from 1 to 65535, not 'x'.
            --port 65536         | --port takes a number from 1 to 65535, not '65536'.
            --port=0             | --port takes a number from 1 to 65535, not '0'.
            --config             | --config takes the path of a platform.yaml, and none is given.
            --config nowhere.yaml | there is no readable file nowhere.yaml; --config takes the path of a platform.yaml.
            """)
    void wrongArgumentsAreNamed(String arguments, String message) throws Exception {
        assertThat(run(arguments.split(" "))).isEqualTo("demo/run: " + message + " Try 'demo/run --help'.\n");
        assertThat(exitCode()).isEqualTo(2);
    }

    @Test
    void ownConfigurationGetsItsOwnLinesAndItsWarnings() throws Exception {
        own(
                "# warning: own.yaml:7: auth.api_keys.keys[0].roles: found x, which no persona lists",
                "# connection: sales",
                "key: ${API_KEY_ANALYST}");
        Path elsewhere = Files.createDirectories(project.resolve("elsewhere"));

        String output =
                run(elsewhere, List.of("../demo/run"), "--port", String.valueOf(port), "--config", "../own.yaml");

        assertThat(output)
                .contains("\nWarnings about " + project.toRealPath().resolve("own.yaml") + ":\n"
                        + "  own.yaml:7: auth.api_keys.keys[0].roles: found x, which no persona lists\n")
                .contains("--tool-name sql_list_tables --tool-arg connection=sales\n")
                .contains("  Which tables are there, and what is in them?\n")
                .contains("\nThis configuration has no server.data_dir, so its audit trail")
                .contains("\nthem in " + Path.of("target", "demo", String.valueOf(port), "data") + ".\n")
                .doesNotContain("warehouse")
                .doesNotContain("viewer");
    }

    @Test
    void ownConfigurationWithADataDirectoryKeepsItsDataThere() throws Exception {
        own("server: {data_dir: \"${DATA_DIR}\"}", "key: ${API_KEY_ADMIN}");

        assertThat(greeting("--config", project.resolve("own.yaml").toString())).doesNotContain("server.data_dir");
    }

    @Test
    void ownConfigurationWithoutConnectionsOrKeysIsNotAskedForData() throws Exception {
        own("key: ${API_KEY_ADMIN}");
        assertThat(greeting("--config", project.resolve("own.yaml").toString()))
                .contains("Is the \"admin\": 2 tools, no connection\n")
                .contains("--method tools/list\n")
                .doesNotContain("tools/call")
                .doesNotContain("plain words");
        stop();
        own("key: ${MY_KEY}");
        assertThat(greeting("--config", project.resolve("own.yaml").toString()))
                .contains("This configuration accepts none of the demo's keys: it uses none of the variables"
                        + " API_KEY_ANALYST, API_KEY_GERMANY, API_KEY_READONLY, API_KEY_ADMIN.")
                .doesNotContain("claude mcp");
    }

    @Test
    void takenStoreIsToldInASentence() throws Exception {
        own("# taken");

        assertThat(run(
                        "--port",
                        String.valueOf(port),
                        "--config",
                        project.resolve("own.yaml").toString()))
                .endsWith("demo/run: the platform store /x/store is in use by another server: stop that one;"
                        + " 'data_dir: ${DATA_DIR}' is another directory for each port of the demo\n")
                .doesNotContain("not ready");
        assertThat(exitCode()).isEqualTo(1);
    }

    @Test
    void buildRunsOnlyWhenASourceIsNewerThanTheLastOne() throws Exception {
        greeting();
        stop();
        long builds = builds();
        greeting();
        stop();
        assertThat(builds()).isEqualTo(builds);

        Path source = Files.writeString(project.resolve("src/main/New.java"), "class New {}");
        // newer than the next two builds, also on a busy machine
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(600)));
        assertThat(greeting()).contains("Building the platform (some seconds) ...\n");
        assertThat(builds()).isEqualTo(builds + 1);
        stop();

        Files.createFile(project.resolve("maven-fails"));
        String output = run("--port", String.valueOf(port));
        Files.delete(project.resolve("maven-fails"));
        Files.delete(source);
        assertThat(output)
                .contains("demo/run: the build failed:\n  [ERROR] the repository cannot be reached\n"
                        + "Maven's whole output is in target/demo/build.log\n")
                .doesNotContain("Scanning");
        assertThat(exitCode()).isEqualTo(1);
    }

    @Test
    void serverStartsWithTheClassesThatAnEarlierOneRead() throws Exception {
        try (Stream<Path> files = Files.list(Files.createDirectories(project.resolve("target/demo")))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".jsa")).toList()) {
                Files.delete(file);
            }
        }
        greeting();
        assertThat(serverLog()).doesNotContain("-XX:SharedArchiveFile");
        stop();
        greeting();
        assertThat(serverLog())
                .contains("-XX:SharedArchiveFile=target/demo/classes-" + Runtime.version() + ".jsa")
                .doesNotContain("[cds");
    }

    private String serverLog() throws IOException {
        return Files.readString(project.resolve("target/demo/" + port + "/server.log"));
    }

    private static long builds() throws IOException {
        return Files.readAllLines(project.resolve("maven-calls")).size();
    }

    @Test
    void firstBuildSaysHowLongItTakesAndNothingMovesOutsideATerminal() throws Exception {
        Files.deleteIfExists(project.resolve("target/servers/payara-micro.jar"));

        assertThat(greeting())
                .startsWith("Building the platform (the first time about a minute, with 155 MB of downloads; later some"
                        + " seconds) ...\nStarting Payara Micro (about 15 seconds; log: target/demo/" + port
                        + "/server.log) ...\n")
                .doesNotContain("\r")
                .doesNotContain("\u001b");
    }

    @Test
    void timeAndDownloadsMoveOnATerminal() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "no program that opens a terminal");
        Files.deleteIfExists(project.resolve("target/servers/payara-micro.jar"));
        Path slow = Files.createFile(project.resolve("maven-takes-long"));

        String output = run(project, List.of("script", "-qefc", "exec demo/run --port " + port, "/dev/null"));
        Files.delete(slow);

        assertThat(output).contains("\r  1 s, 2 MB downloaded").contains("The demo is running at");
    }
}
