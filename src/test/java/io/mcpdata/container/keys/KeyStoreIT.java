package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.config.Secret;
import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.Setup;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What happens to keys while the store is unavailable when the server starts. */
@ArquillianTest
@OnOneServer
@Order(6)
final class KeyStoreIT {

    private static final String WHOAMI = "/api/v1/whoami";

    /** Each server has its own: WildFly and Open Liberty are tested at the same time. */
    private final Path data = Setup.fromMaven().work().resolve(Setup.fromMaven().server() + "-key-store");

    @Test
    void withoutTheStoreKeysOfTheFileStayValidAndOthersAreToldToRetry() throws IOException {
        Folders.clear(data);
        Secret generated = KeyFormat.generate(new SecureRandom());
        try (FileChannel lock = held()) {
            Platform platform = SecondPlatform.start(
                    Platform.Options.standard().withEnvironment(Map.of("DATA_DIR", data.toString())));
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
            String made = web.post("/api/v1/keys", platform.key("admin"), "{\"name\":\"etl\",\"roles\":[\"analyst\"]}")
                    .json()
                    .getString("key");
            assertThat(web.get(WHOAMI, made).status()).isEqualTo(200);
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
