package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that the build made: it needs only a Java runtime. */
final class CommandLineJarTest {

    static final Path JAR = Path.of("target", "mcp-data-platform-cli.jar").toAbsolutePath();

    /** Null contracts are for the compiler; a runtime does not miss them. */
    private static final String ONLY_FOR_THE_COMPILER = "org.jspecify.annotations.";

    @Test
    void everyClassItsOwnClassesNeedIsInTheJarOrInJava() throws IOException {
        Set<String> inside = classNames();
        Set<String> missing = new TreeSet<>();
        assertThat(ownClasses()).isNotEmpty();
        for (JavaClass ours : ownClasses()) {
            for (Dependency needed : ours.getDirectDependenciesFromSelf()) {
                JavaClass target = needed.getTargetClass().getBaseComponentType();
                if (!target.isPrimitive() && !inside.contains(target.getName()) && !isJava(target.getName())) {
                    missing.add(ours.getName() + " -> " + target.getName());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void nothingOfAServerIsInTheJar() throws IOException {
        assertThat(classNames())
                .noneMatch(name -> name.startsWith("jakarta.") || name.startsWith("javax.ws."))
                .contains("io.mcpdata.stdio.Main");
    }

    /** Libraries load their classes late: only a run shows whether the jar contains everything that a key needs. */
    @Test
    void keysOfTheFileAreTriedByTheJarAlone(@TempDir Path directory) throws Exception {
        String key = TokenMint.rsaKey(TokenMint.RSA).build().toJSONString();
        assertThat(checked(directory, key)).contains("platform.yaml: valid: 0 errors");
        assertThat(checked(directory, key.replace("\"kty\"", "\"kind\"")))
                .contains(
                        "platform.yaml:7: error: auth.oidc.public_key: found JSON that is neither a JWK set nor a JWK; expected a public key")
                .contains("platform.yaml: refused by the server: 1 error");
    }

    /** The database's classes too. */
    @Test
    void storeIsVerifiedByTheJarAlone(@TempDir Path directory) throws Exception {
        StoredAuditTest.write(directory);
        assertThat(run(directory, "audit", "verify", "--data-dir", directory.toString()))
                .startsWith("3 rows verified, up to 3:")
                .hasLineCount(1);
    }

    @Test
    void callsAreCountedByTheJarAlone(@TempDir Path directory) throws Exception {
        StoredAuditTest.write(directory);
        assertThat(run(
                        directory,
                        "audit",
                        "stats",
                        "--data-dir",
                        directory.toString(),
                        "--until",
                        "2026-06-02T00:00:00Z"))
                .contains("2026-06-01T11:00:00Z  -      3  ");
    }

    /** And those of PostgreSQL and of the migrations, which find each other by files of the jar. */
    @Test
    void storeIsCopiedToPostgresByTheJarAlone(@TempDir Path directory) throws Exception {
        StoredAuditTest.write(directory);
        Path file = Files.writeString(
                directory.resolve("platform.yaml"),
                "database: {url: '" + PostgresServer.newEmptyDatabase().url()
                        + "', instance: one}\naudit: {signing_key: '${file:" + directory.resolve("audit-signing.key")
                        + "}'}\n");
        assertThat(run(directory, "store", "copy", "--data-dir", directory.toString(), "--config", file.toString()))
                .startsWith("Copied 0 keys and 3 audit rows, up to 3:")
                .hasLineCount(2);
    }

    private static String checked(Path directory, String key) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("platform.yaml"), """
                server: {public_url: https://mcp.example.com}
                auth:
                  oidc:
                    enabled: true
                    issuer: https://auth.example.com
                    audience: mcp-data-platform
                    public_key: '%s'
                """.formatted(key));
        return run(directory, "check", file.toString());
    }

    private static String run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(java.toString(), "-jar", JAR.toString()), Stream.of(arguments))
                                .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }

    private static JavaClasses ownClasses() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return ArchConfiguration.withThreadLocalScope(configuration -> {
                // names are enough, and looking all of Java up takes its time
                configuration.setResolveMissingDependenciesFromClassPath(false);
                return new ClassFileImporter()
                        .withImportOption(location -> location.contains("/io/mcpdata/"))
                        .importJar(jar);
            });
        }
    }

    private static Set<String> classNames() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .collect(Collectors.toSet());
        }
    }

    private static boolean isJava(String name) {
        if (name.startsWith(ONLY_FOR_THE_COMPILER)) {
            return true;
        }
        try {
            Class.forName(name, false, ClassLoader.getPlatformClassLoader());
            return true;
        } catch (ClassNotFoundException notOfTheJdk) {
            return false;
        }
    }
}
