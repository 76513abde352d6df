package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.apikey.KeyFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, run as a user runs it. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {

    private static final Path SCRIPT = Path.of("bin", "mcp-data-platform").toAbsolutePath();
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path directory;

    private record Ran(int exitCode, String out, String err) {}

    private final Map<String, String> environment =
            new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", JAVA_HOME.toString()));

    private Ran run(Path script, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(script.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = builder.directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path javaThatSays(String version) throws IOException {
        executable(directory.resolve("old/bin/java"), "#!/bin/sh\necho 'openjdk version \"" + version + "\"' >&2\n");
        return directory.resolve("old");
    }

    @Test
    void startsTheCommandLineAndPassesItsExitCodeOn() throws Exception {
        assertThat(run(SCRIPT, "version").out()).contains("mcp-data-platform 0.");
        assertThat(run(SCRIPT, "check").exitCode()).isEqualTo(2);
        assertThat(run(SCRIPT, "check", "no such file.yaml").exitCode()).isEqualTo(1);
    }

    @Test
    void findsItsJarThroughLinksAndFromAnyDirectory() throws Exception {
        Path first = Files.createSymbolicLink(directory.resolve("first"), SCRIPT);
        Files.createDirectories(directory.resolve("bin"));
        Path second = Files.createSymbolicLink(directory.resolve("bin/second"), Path.of("../first"));

        assertThat(run(first, "version").exitCode()).isZero();
        assertThat(run(second, "version").exitCode()).isZero();
    }

    @Test
    void aMissingJarIsOneLineThatSaysHowToBuildIt() throws Exception {
        Path elsewhere = executable(directory.resolve("x/bin/mcp-data-platform"), Files.readString(SCRIPT));

        Ran ran = run(elsewhere, "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("is not built: run 'mvn -B -Dquick").hasLineCount(1);
    }

    @Test
    void aPackagedJarLiesInLib() throws Exception {
        Path elsewhere = executable(directory.resolve("x/bin/mcp-data-platform"), Files.readString(SCRIPT));
        Files.createDirectories(directory.resolve("x/lib"));
        Files.copy(CommandLineJarTest.JAR, directory.resolve("x/lib/mcp-data-platform-cli.jar"));

        assertThat(run(elsewhere, "version").exitCode()).isZero();
    }

    @Test
    void aNamedJarThatIsNotThereIsOneLine() throws Exception {
        environment.put("MCP_DATA_PLATFORM_JAR", directory.resolve("none.jar").toString());

        Ran ran = run(SCRIPT, "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).contains("none.jar, where no file is").hasLineCount(1);
    }

    @Test
    void anOldJavaIsOneLineThatNamesIt() throws Exception {
        environment.put("JAVA_HOME", javaThatSays("11.0.2").toString());
        environment.put("PATH", toolsOnly());

        Ran ran = run(SCRIPT, "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err())
                .contains("needs Java 17 or newer")
                .contains("old/bin/java is 11")
                .hasLineCount(1);
    }

    @Test
    void javaEightsOwnWayOfCountingIsUnderstood() throws Exception {
        environment.put("JAVA_HOME", javaThatSays("1.8.0_392").toString());
        environment.put("PATH", toolsOnly());

        assertThat(run(SCRIPT, "version").err()).contains("old/bin/java is 8");
    }

    @Test
    void anOldJavaHomeDoesNotHideANewerJavaInThePath() throws Exception {
        environment.put("JAVA_HOME", javaThatSays("11.0.2").toString());
        environment.put("PATH", JAVA_HOME.resolve("bin") + ":" + toolsOnly());

        assertThat(run(SCRIPT, "version").exitCode()).isZero();
    }

    @Test
    void noJavaAtAllIsOneLine() throws Exception {
        environment.remove("JAVA_HOME");
        environment.put("PATH", toolsOnly());

        Ran ran = run(SCRIPT, "version");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("mcp-data-platform: needs Java 17 or newer; found none in JAVA_HOME or PATH\n");
    }

    @Test
    void optionsForJavaArePassedOn() throws Exception {
        environment.put("MCP_DATA_PLATFORM_JAVA_OPTS", "-Dx=1 -showversion");

        assertThat(run(SCRIPT, "version").err()).contains("Runtime Environment");
    }

    @Test
    void whatJavaItselfSaysStaysOutOfStandardOutput() throws Exception {
        environment.put("MCP_DATA_PLATFORM_JAVA_OPTS", "-XX:+PrintCommandLineFlags");

        assertThat(run(SCRIPT, "keygen", "--quiet").out()).matches(KeyFormat.PATTERN + "\n");
    }

    /** A path with what the script itself needs, and no Java. */
    private String toolsOnly() throws IOException {
        Path tools = directory.resolve("tools");
        if (Files.notExists(tools)) {
            Files.createDirectories(tools);
            for (String tool : List.of("sed", "head", "readlink", "sh")) {
                Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
                Files.createSymbolicLink(tools.resolve(tool), real);
            }
        }
        return tools.toString();
    }
}
