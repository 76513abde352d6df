package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.RunningServer;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the store under a running server in strict mode: nothing succeeds without its audit row, and the store
 * recovers by itself.
 */
@ArquillianTest
final class StoreFaultsIT {

    private static final Duration RECOVERY = Duration.ofSeconds(20);
    private static final String TOLD = "could not be written to the audit trail";

    private static Platform start(Path data) {
        return Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml() + "\naudit: {mode: strict}\n")
                .withEnvironment(Map.of("DATA_DIR", data.toString())));
    }

    private static JsonObject call(McpConversation conversation) {
        return conversation.call("list_connections", Map.of());
    }

    private static boolean isReady(Web web) {
        return web.get("/readyz").status() == 200;
    }

    private static String status(Web web) {
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

    private static void assertFewLines(Platform platform) {
        String log = platform.server().log();
        assertThat(log.lines().filter(line -> line.contains("the store takes no audit rows")))
                .as("lines of our own about calls that are refused, one for each cause")
                .hasSizeBetween(1, 3);
        assertThat(log)
                .contains("the store takes audit rows again")
                .doesNotContain("Internal error; search the server's log");
    }

    @Test
    void storeFileDeletedUnderTheServerRefusesCallsAndIsOpenedAgain(@TempDir Path data) throws Exception {
        Path file = data.resolve("store/platform.mv.db");
        try (Platform platform = start(data)) {
            Web web = new Web(platform);
            try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
                assertThat(call(analyst)).containsKey("result");
                Eventually.within(
                        RECOVERY, "the mark is written", () -> Files.exists(data.resolve("store/platform.mark")));
                Thread.sleep(2_000);
                Files.delete(file);
                awaitRefusal(analyst);
                assertThat(isReady(web)).isFalse();
                for (int i = 0; i < 50; i++) {
                    assertThat(call(analyst)).containsKey("error");
                }
                Eventually.within(
                        RECOVERY,
                        "calls are answered again",
                        () -> call(analyst).containsKey("result"));
                assertThat(status(web)).isEqualTo("degraded");
                assertThat(web.get("/readyz").body()).contains("store lacks rows");
                assertFewLines(platform);
                assertThat(platform.server().log())
                        .contains("was deleted or replaced while in use", "the platform store lacks its newest rows");
                Thread.sleep(1_500);
            }
            RunningServer server = platform.server();
            server.kill();
            assertThat(server.awaitExit(Duration.ofSeconds(10))).isTrue();
            assertThat(StoredRows.count(data, "type = 'STORE_LOSS'")).isEqualTo(1);
        }
    }

    @Test
    void fullDiskRefusesCallsAndWithRoomAgainTheServerRecoversByItself(@TempDir Path place) throws Exception {
        Path data = Files.createDirectory(place.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", data.toString()), "no small disk can be made");
        try (Platform platform = start(data)) {
            Web web = new Web(platform);
            try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
                assertThat(call(analyst)).containsKey("result");
                Path ballast = data.resolve("ballast");
                fill(ballast);
                awaitRefusal(analyst);
                for (int i = 0; i < 50; i++) {
                    assertThat(call(analyst)).containsKey("error");
                }
                Eventually.within(RECOVERY, "it is not ready", () -> !isReady(web));
                Files.delete(ballast);
                // the keys made at run time are read again a moment after the store is back: degraded until then
                Eventually.within(
                        RECOVERY, "it is ready by itself", () -> status(web).equals("ready"));
                assertThat(call(analyst)).containsKey("result");
                assertFewLines(platform);
            }
        } finally {
            run("umount", "-l", data.toString());
        }
    }

    @Test
    void killedServerKeepsEveryCallThatWasAnsweredInStrictMode(@TempDir Path data) throws Exception {
        int answered = 0;
        try (Platform platform = start(data)) {
            Web web = new Web(platform);
            try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
                for (; answered < 100; answered++) {
                    assertThat(call(analyst)).containsKey("result");
                }
                platform.server().java().destroyForcibly();
                platform.server().kill();
                assertThat(platform.server().awaitExit(Duration.ofSeconds(10))).isTrue();
            }
        }
        assertThat(StoredRows.count(data, "type = 'TOOL_CALL' AND outcome = 'SUCCESS'"))
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
