package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.DocumentedYaml.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration that the documentation shows is one that the platform takes, or refuses in the words shown. */
final class DocumentedYamlTest {

    private static final Path REFERENCE = Path.of("docs", "configuration.md");

    static Stream<Block> blocks() {
        return DocumentedYaml.pages().stream().flatMap(page -> DocumentedYaml.of(page).stream());
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void exampleIsReadAsTheDocumentationSays(Block block, @TempDir Path folder) throws IOException {
        // the files that the examples name
        Files.writeString(Files.createDirectory(folder.resolve("documents")).resolve("terms.md"), "# Terms\n");
        Files.writeString(
                Files.createDirectories(folder.resolve("skills").resolve("monthly-review"))
                        .resolve("SKILL.md"),
                "---\nname: monthly-review\ndescription: Compares months\n---\n");
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("orders.parquet"), "PAR1");
        Files.writeString(files.resolve("visits.csv"), "day,visits\n");
        Path file = folder.resolve("platform.yaml");
        Files.writeString(file, DocumentedYaml.withSecrets(block.text(), file));
        ConfigReading reading = new PlatformConfigReader(DocumentedYamlTest::variable).read(file);
        assertThat(reading.errors())
                .extracting(ConfigProblem::toString)
                .containsExactlyInAnyOrderElementsOf(block.messages());
        if (block.messages().isEmpty()) {
            assertThat(reading.warnings()).isEmpty();
        }
    }

    @Test
    void referenceIsAmongThePages() {
        assertThat(DocumentedYaml.pages()).contains(REFERENCE, Path.of("README.md"));
        assertThat(DocumentedYaml.of(REFERENCE)).hasSizeGreaterThan(6);
    }

    @Test
    void wholeFileOfTheReferenceSetsEveryKeyThereIs() {
        List<Block> whole = DocumentedYaml.of(REFERENCE).stream()
                .filter(block -> block.text().startsWith("server:\n  name: mcp-data-platform\n"))
                .toList();
        assertThat(whole)
                .singleElement()
                .satisfies(block -> assertThat(PlatformSchema.keys())
                        .allSatisfy(key -> assertThat(block.text()).contains(key + ":")));
    }

    static Stream<ConfigComponent> describedKeys() {
        return Stream.of(
                        ApiKeysConfig.class,
                        IssuerConfig.class,
                        PersonaConfig.class,
                        ConnectionConfig.class,
                        PromptArgumentConfig.class,
                        AuditConfig.class,
                        LimitsConfig.class,
                        MetricsConfig.class)
                .flatMap(type -> ConfigComponent.of(type).stream())
                .filter(component -> component.described().isPresent());
    }

    @ParameterizedTest
    @MethodSource("describedKeys")
    void referenceHasTheDefaultOfEachKey(ConfigComponent component) throws IOException {
        assertThat(Files.readAllLines(REFERENCE))
                .anySatisfy(line -> assertThat(line).startsWith(row(component)));
    }

    @Test
    void referenceHasTheLimitsOfEachNumberOfLimits() throws IOException {
        List<String> lines = Files.readAllLines(REFERENCE);
        for (ConfigComponent component : ConfigComponent.of(LimitsConfig.class)) {
            ConfigKey key = component.described().orElseThrow();
            String limits = component.type() == int.class ? " " + key.least() + ", " + key.most() + " |" : "";
            assertThat(lines).anySatisfy(line -> assertThat(line).startsWith(row(component) + limits));
        }
    }

    private static String row(ConfigComponent component) {
        return "| `" + component.name() + "` | `"
                + component.described().orElseThrow().standard() + "` |";
    }

    private static final String SIGNING_KEY = signingKey();

    private static String signingKey() {
        try {
            return SigningKeyPem.encode(KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Each variable that holds a secret is set, except those whose name says that they are not. */
    private static Optional<String> variable(String name) {
        if (name.equals("DATA_DIR")) {
            return Optional.of("/var/lib/mcp-data-platform");
        }
        if (name.equals("HOSTNAME")) {
            return Optional.of("server-1");
        }
        if (name.equals("AUDIT_SIGNING_KEY")) {
            return Optional.of(SIGNING_KEY);
        }
        if (name.contains("NOT_SET") || !name.matches(".*(KEY|PASSWORD|SECRET|TOKEN).*")) {
            return Optional.empty();
        }
        return Optional.of(name.contains("SHA256") ? KeyDigest.of(name).hex() : "value-of-" + name + "-0123456789");
    }
}
