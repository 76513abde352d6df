package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.config.Secret;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to keys while the store is unavailable, and after a restart of the server. */
@ArquillianTest
final class KeyStoreIT {

    private static final String WHOAMI = "/api/v1/whoami";

    @TempDir
    Path data;

    private Platform start() {
        return Platform.start(Platform.Options.standard().withEnvironment(Map.of("DATA_DIR", data.toString())));
    }

    @Test
    void withoutTheStoreKeysOfTheFileStayValidAndOthersAreToldToRetry() throws IOException {
        Secret generated = KeyFormat.generate(new SecureRandom());
        String made;
        try (FileChannel lock = held();
                Platform platform = start()) {
            Web web = new Web(platform);
            assertThat(web.get(WHOAMI, platform.key("viewer")).status()).isEqualTo(200);
            Answer undecided = web.get(WHOAMI, generated.reveal());
            assertThat(undecided.status()).isEqualTo(503);
            assertThat(undecided.header("Retry-After")).isNotEmpty();
            assertThat(undecided.header("WWW-Authenticate")).isEmpty();

            lock.close();
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the store is there, and the key is unknown",
                    () -> web.get(WHOAMI, generated.reveal()).status() == 401);
            made = web.post("/api/v1/keys", platform.key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}")
                    .json()
                    .getString("key");
            assertThat(web.get(WHOAMI, made).status()).isEqualTo(200);
        }
        try (Platform again = start()) {
            Web web = new Web(again);
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the keys of the store are in memory",
                    () -> web.get(WHOAMI, generated.reveal()).status() == 401);
            HeapDump.of(again).mustNotHold(made);
            Eventually.within(
                    Duration.ofSeconds(20),
                    "a key made at run time survives a restart",
                    () -> web.get(WHOAMI, made).status() == 200);
            JsonObject listed = web.get("/api/v1/keys", again.key("admin")).json().getJsonArray("keys").stream()
                    .map(JsonValue::asJsonObject)
                    .filter(key -> key.getString("name").equals("etl"))
                    .findFirst()
                    .orElseThrow();
            // once before the restart and once after it
            assertThat(listed.getJsonObject("last_used").getInt("count")).isEqualTo(2);
        }
    }

    /** The lock that another server of the same store would hold. */
    private FileChannel held() throws IOException {
        Path store = Files.createDirectories(data.resolve("store"));
        FileChannel channel =
                FileChannel.open(store.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        assertThat(lock).isNotNull();
        return channel;
    }
}
