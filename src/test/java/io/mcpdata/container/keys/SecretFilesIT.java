package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Matcher;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in files, which are linked as the kubelet links the files of a secret: {@code name -> ..data/name}. */
@ArquillianTest
@OnOneServer
final class SecretFilesIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final Duration SOON = Duration.ofSeconds(5);

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private final String first = Keys.random();
    private final String second = Keys.random();

    @TempDir
    Path folder;

    private int versions;

    @BeforeEach
    void mount() throws IOException {
        write(first, Keys.random());
        for (String name : new String[] {"etl_key_a", "etl_key_b"}) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        String entries = "    keys:\n";
        for (String name : new String[] {"etl_key_a", "etl_key_b"}) {
            entries += "      - {key: \"${file:" + folder.resolve(name) + "}\", name: etl, roles: [viewer]}\n";
        }
        platform.configure(platform.originalYaml().replaceFirst("    keys:\n", Matcher.quoteReplacement(entries)));
        awaitStatus(first, 200);
    }

    @AfterEach
    void unmount() {
        platform.configure(platform.originalYaml());
        Eventually.within(SOON, "the original is in force", () -> statusOf(first) == 401 && isReady());
    }

    /** Both files at once, by another target of one link. */
    private void write(String a, String b) throws IOException {
        Path version = Files.createDirectory(folder.resolve("..version" + versions++));
        Files.writeString(version.resolve("etl_key_a"), a + "\n");
        Files.writeString(version.resolve("etl_key_b"), b + "\n");
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private int statusOf(String key) {
        return web.get(WHOAMI, key).status();
    }

    private void awaitStatus(String key, int status) {
        Eventually.within(SOON, "the key gets " + status, () -> statusOf(key) == status);
    }

    private boolean isReady() {
        return web.get("/readyz").json().getString("status").equals("ready");
    }

    /** The steps of docs/api-keys.md. */
    @Test
    void keyIsRotatedByItsFilesAloneWithoutARestartAndWithoutAFailedCall() throws Exception {
        try (CallsUnderLoad calls = new CallsUnderLoad(web, first);
                EventStream stream = web.open(first)) {
            stream.endpoint();
            calls.untilMoreThan(20);
            write(first, second);
            awaitStatus(second, 200);
            calls.use(second);
            calls.untilMoreThan(20);
            write(Keys.random(), second);
            awaitStatus(first, 401);
            calls.untilMoreThan(20);
            assertThat(calls.failures()).isEmpty();
            assertThat(stream.endsWithin(Duration.ofSeconds(5))).isTrue();
        }
        assertThat(web.get(WHOAMI, second).json().getString("name")).isEqualTo("etl");
        assertThat(platform.server().log().contains(first)
                        || platform.server().log().contains(second))
                .as("a key is in the log")
                .isFalse();
    }

    @Test
    void fileThatCannotBeUsedIsNamedAndTheRunningConfigurationStays() throws IOException {
        assertRejected("", "which is empty");
        assertRejected(second + "x".repeat(70_000), "which has more than 64 KiB");
        assertRejected(second + "\n", "a key with whitespace around it");
        Files.delete(folder.resolve("etl_key_b"));
        assertNamed("which does not exist");
        write(first, second);
        Files.createSymbolicLink(folder.resolve("etl_key_b"), Path.of("..data", "etl_key_b"));
        // a file that was missing could still be written to, so it has to stay unchanged for three seconds
        Eventually.within(Duration.ofSeconds(10), "the key is accepted", () -> statusOf(second) == 200);
        Eventually.within(SOON, "the repaired file is read", this::isReady);
    }

    private void assertRejected(String content, String why) throws IOException {
        write(first, content);
        assertNamed(why);
    }

    private void assertNamed(String why) {
        Eventually.within(
                Duration.ofSeconds(10),
                "the configuration is rejected, because " + why,
                () -> configuration().contains(why));
        assertThat(configuration())
                .contains("\"newest_version\":\"rejected\"", "auth.api_keys.keys[1].key: found")
                .doesNotContain(second);
        if (why.startsWith("which")) {
            assertThat(configuration()).contains("the file " + folder.resolve("etl_key_b") + ", " + why);
        }
        assertThat(web.get("/readyz").json().getString("status")).isEqualTo("degraded");
        assertThat(statusOf(first)).isEqualTo(200);
        assertThat(platform.server().log().contains(second))
                .as("the log shows the key")
                .isFalse();
    }

    private String configuration() {
        return web.get("/api/v1/config", platform.key("admin")).body();
    }
}
