package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the store under a running server in strict mode: nothing succeeds without its audit row, and the store
 * recovers by itself. One server for all of them: the last one kills it.
 */
@ArquillianTest
@OnOneServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StoreFaultsIT {

    private static final Duration RECOVERY = Duration.ofSeconds(20);
    private static final String TOLD = "could not be written to the audit trail";

    @TempDir
    static Path place;

    private Path data;
    private boolean isSmallDisk;
    private Platform platform;
    private Web web;
    private int logged;

    @BeforeAll
    void start() throws Exception {
        data = Files.createDirectory(place.resolve("small"));
        isSmallDisk = run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", data.toString());
        platform = Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml() + "\naudit: {mode: strict}\n")
                .withEnvironment(Map.of("DATA_DIR", data.toString())));
        web = new Web(platform);
    }

    @AfterAll
    void stop() throws Exception {
        platform.close();
        if (isSmallDisk) {
            run("umount", "-l", data.toString());
        }
    }

    @BeforeEach
    void forgetTheLog() {
        logged = platform.server().log().length();
    }

    private static JsonObject call(McpConversation conversation) {
        return conversation.call("list_connections", Map.of());
    }

    private boolean isReady() {
        return web.get("/readyz").status() == 200;
    }

    private String status() {
        return web.get("/readyz").json().getString("status");
    }

    private static void awaitRefusal(McpConversation conversation) {
        Eventually.within(Duration.ofSeconds(10), "calls are refused", () -> {
            JsonObject answer = call(conversation);
            if (answer.containsKey("result")) {
                return false;
            }
            assertThat(answer.getJsonObject("error").getInt("code")).isEqualTo(-32000);
            assertThat(answer.getJsonObject("error").getString("message")).contains(TOLD, "try again");
            return true;
        });
    }

    private void assertFewLines() {
        String log = platform.server().awaitLog(logged, "the store takes audit rows again");
        assertThat(log.lines().filter(line -> line.contains("the store takes no audit rows")))
                .as("lines of our own about calls that are refused, one for each cause")
                .hasSizeBetween(1, 3);
        assertThat(log).doesNotContain("Internal error; search the server's log");
    }

    @Test
    @Order(1)
    void fullDiskRefusesCallsAndWithRoomAgainTheServerRecoversByItself() throws Exception {
        Assumptions.assumeTrue(isSmallDisk, "no small disk can be made");
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            assertThat(call(analyst)).containsKey("result");
            Path ballast = data.resolve("ballast");
            fill(ballast);
            awaitRefusal(analyst);
            for (int i = 0; i < 50; i++) {
                assertThat(call(analyst)).containsKey("error");
            }
            Eventually.within(RECOVERY, "it is not ready", () -> !isReady());
            Files.delete(ballast);
            // the keys made at run time are read again a moment after the store is back: degraded until then
            Eventually.within(RECOVERY, "it is ready by itself", () -> status().equals("ready"));
            assertThat(call(analyst)).containsKey("result");
            assertFewLines();
        }
    }

    @Test
    @Order(2)
    void storeFileDeletedUnderTheServerRefusesCallsAndIsOpenedAgain() throws Exception {
        Instant begin = Instant.now();
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            assertThat(call(analyst)).containsKey("result");
            Eventually.within(RECOVERY, "the mark is written", () -> Files.exists(data.resolve("store/platform.mark")));
            Thread.sleep(2_000);
            Files.delete(data.resolve("store/platform.mv.db"));
            awaitRefusal(analyst);
            assertThat(isReady()).isFalse();
            for (int i = 0; i < 50; i++) {
                assertThat(call(analyst)).containsKey("error");
            }
            Eventually.within(
                    RECOVERY, "calls are answered again", () -> call(analyst).containsKey("result"));
            assertThat(status()).isEqualTo("degraded");
            assertThat(web.get("/readyz").body()).contains("store lacks rows");
            assertFewLines();
            platform.server()
                    .awaitLog(
                            logged, "was deleted or replaced while in use", "the platform store lacks its newest rows");
        }
        StoredRows.awaitCount(platform, "type = 'STORE_LOSS'" + StoredRows.since(begin), 1);
    }

    @Test
    @Order(3)
    void killedServerKeepsEveryCallThatWasAnsweredInStrictMode() throws Exception {
        Instant begin = Instant.now();
        int answered = 0;
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            for (; answered < 100; answered++) {
                assertThat(call(analyst)).containsKey("result");
            }
            platform.server().java().destroyForcibly();
            platform.server().kill();
            assertThat(platform.server().awaitExit(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(StoredRows.count(data, "type = 'TOOL_CALL' AND outcome = 'SUCCESS'" + StoredRows.since(begin)))
                .isEqualTo(answered);
    }

    private static void fill(Path ballast) throws IOException {
        FileStore disk = Files.getFileStore(ballast.getParent());
        try (var out = Files.newOutputStream(ballast)) {
            while (disk.getUsableSpace() > 0) {
                out.write(new byte[(int) Math.min(1 << 16, disk.getUsableSpace())]);
            }
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
