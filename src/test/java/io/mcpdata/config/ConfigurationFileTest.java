package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationFileTest {

    private static final String KEY = "a-key-for-tests-0123456789";
    private static final String NEXT = "another-key-for-tests-98765";

    @TempDir
    Path directory;

    private long nanos;
    private Path yaml = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void write() throws IOException {
        secret = Files.writeString(directory.resolve("key"), KEY);
        yaml = Files.writeString(directory.resolve("platform.yaml"), yaml(secret));
    }

    private static String yaml(Path key) {
        return "auth: {api_keys: {enabled: true, keys: [{key: \"${file:" + key + "}\", name: a, roles: [admin]}]}}";
    }

    private ConfigurationFile configuration() {
        return new ConfigurationFile(yaml, new PlatformConfigReader(name -> Optional.empty()), () -> nanos);
    }

    private void replace(Path which, String content) throws IOException {
        Path next = Files.writeString(directory.resolve("next"), content);
        Files.move(next, which, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static KeyDigest digest(ConfigReading reading) {
        return reading.config().orElseThrow().apiKeys().keys().get(0).digest();
    }

    @Test
    void changedSecretIsNoticedAndReadAlthoughTheFileThatNamesItIsTheSame() throws IOException {
        ConfigurationFile configuration = configuration();
        assertThat(digest(configuration.read())).isEqualTo(KeyDigest.of(KEY));
        assertThat(configuration.changed()).isFalse();
        replace(secret, NEXT);
        assertThat(configuration.changed()).isFalse();
        assertThat(configuration.changed()).isTrue();
        assertThat(digest(configuration.read())).isEqualTo(KeyDigest.of(NEXT));
        assertThat(configuration.changed()).isFalse();
    }

    @Test
    void missingSecretIsNoticedWhenItComesBack() throws IOException {
        ConfigurationFile configuration = configuration();
        Files.delete(secret);
        assertThat(configuration.read().config()).isEmpty();
        replace(secret, KEY);
        assertThat(configuration.changed()).isFalse();
        nanos += 3_000_000_000L;
        assertThat(configuration.changed()).isTrue();
        assertThat(configuration.read().config()).isPresent();
    }

    /** A kubelet can swap the files at any moment. */
    @Test
    void secretThatChangesBetweenReadingAndWatchingIsReadAgain() {
        AtomicInteger readings = new AtomicInteger();
        PlatformConfigReader reader = new PlatformConfigReader(name -> {
            // asked for behind the file's key
            if (readings.incrementAndGet() == 1) {
                try {
                    replace(secret, NEXT);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            return Optional.of("a server");
        });
        try {
            Files.writeString(yaml, yaml(secret) + "\nserver: {name: \"${NAME}\"}\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        ConfigReading reading = new ConfigurationFile(yaml, reader, () -> nanos).read();
        assertThat(digest(reading)).isEqualTo(KeyDigest.of(NEXT));
        assertThat(readings).hasValue(2);
    }
}
