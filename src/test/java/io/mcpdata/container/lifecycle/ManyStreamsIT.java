package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Diagnosis;
import io.mcpdata.container.server.Eventually;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thousand idle clients, clients that vanish, and one that does not read. */
final class ManyStreamsIT {

    private static final int MANY = 1_000;
    private static final int GONE = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int PINGS = 60;
    private static final int FLOOD = 4_000;

    private final List<RawStream> streams = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void thousandIdleStreamsNeedNoThreadEachAndVanishedClientsAreNoticedWithinTwoHeartbeats() throws Exception {
        try (Platform platform = start("streams_per_caller: " + MANY)) {
            Diagnosis java = new Diagnosis(platform.server());
            int threads = java.threads().size();
            for (int i = 0; i < MANY; i++) {
                assertThat(open(platform)).isEqualTo(200);
            }
            assertThat(open(platform)).as("one more than allowed").isEqualTo(429);
            assertThat(java.threads().size() - threads)
                    .as("threads for " + MANY + " streams")
                    .isLessThan(200);
            System.out.printf(
                    "%s with %d idle streams: resident %d MiB, %d threads%n",
                    platform.server().name(),
                    MANY,
                    platform.server().residentMebibytes(),
                    java.threads().size());

            for (RawStream stream : streams.subList(0, GONE)) {
                stream.close();
            }
            // the second write to a closed client fails at the latest; streams are looked after every second
            Duration noticed = Eventually.within(
                    HEARTBEAT.multipliedBy(2).plusSeconds(4), GONE + " places are free again", () -> refill(platform));
            System.out.printf(
                    "%s noticed %d vanished clients after %d ms%n",
                    platform.server().name(), GONE, noticed.toMillis());
            assertThat(streams.stream().filter(stream -> stream.status() == 200))
                    .hasSize(MANY + GONE);
        }
    }

    @Test
    void clientThatDoesNotReadIsCutOffWhileOthersLoseNothingAndHardlyWait() throws Exception {
        Platform platform = start("streams_per_caller: 5");
        try (platform) {
            Web web = new Web(platform);
            Diagnosis java = new Diagnosis(platform.server());
            try (McpConversation other = McpConversation.begin(web, platform.key("viewer"));
                    McpConversation reading = McpConversation.begin(web, platform.key("analyst"))) {
                long[] before = pingsDuring(other, () -> flood(web, platform, reading.endpoint(), FLOOD));
                long heapBefore = java.liveBytes();
                assertThat(open(platform)).isEqualTo(200);
                String stalled = streams.get(0).endpoint();
                initialize(web, platform, stalled);
                long[] during = pingsDuring(other, () -> flood(web, platform, stalled, FLOOD));

                assertThat(during[PINGS / 2] - before[PINGS / 2])
                        .as("milliseconds more that others wait")
                        .isLessThan(10);
                Eventually.within(
                        Duration.ofSeconds(60),
                        "the stalled stream is cut off",
                        () -> post(web, platform, stalled, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")
                                == 404);
                assertThat(java.liveBytes() - heapBefore)
                        .as("bytes the heap grew by")
                        .isLessThan(16 * 1024 * 1024);
                System.out.printf(
                        "%s: a ping takes %d ms (p95 %d), beside a stalled reader %d ms (p95 %d)%n",
                        platform.server().name(),
                        before[PINGS / 2],
                        before[PINGS * 95 / 100],
                        during[PINGS / 2],
                        during[PINGS * 95 / 100]);
            }
        }
        assertThat(StoredRows.count(platform.dataDirectory(), "type = 'STREAM_CLOSE' AND category = 'slow_reader'"))
                .isEqualTo(1);
    }

    private static Platform start(String streamsPerCaller) {
        return Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml()
                        .replace("heartbeat: 1s", "heartbeat: " + HEARTBEAT.toSeconds() + "s")
                        .replace("streams_per_caller: 200", streamsPerCaller)));
    }

    private int open(Platform platform) throws IOException {
        RawStream stream = RawStream.open(platform, platform.key("analyst"));
        streams.add(stream);
        return stream.status();
    }

    /** Whether every place of a client that went is taken again. */
    private boolean refill(Platform platform) {
        try {
            while (streams.stream().filter(stream -> stream.status() == 200).count() < MANY + GONE) {
                if (open(platform) != 200) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sorted round trips in milliseconds, while another thread does something; waits for both. */
    private static long[] pingsDuring(McpConversation conversation, Runnable meanwhile) throws InterruptedException {
        Thread background = new Thread(meanwhile, "flood");
        background.start();
        long[] millis = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            long begin = System.nanoTime();
            assertThat(conversation
                            .request("ping", jakarta.json.JsonValue.EMPTY_JSON_OBJECT)
                            .containsKey("result"))
                    .isTrue();
            millis[i] = (System.nanoTime() - begin) / 1_000_000;
            Thread.sleep(20);
        }
        background.join();
        Arrays.sort(millis);
        return millis;
    }

    private static void initialize(Web web, Platform platform, String endpoint) {
        post(
                web,
                platform,
                endpoint,
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2024-11-05\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"raw\",\"version\":\"1\"}}}");
        post(web, platform, endpoint, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    }

    /** Asks for the long list of tools again and again, until enough or until the session is gone. */
    private static void flood(Web web, Platform platform, String endpoint, int times) {
        for (int id = 1_000_000; id < 1_000_000 + times; id++) {
            if (post(web, platform, endpoint, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/list\"}")
                    == 404) {
                return;
            }
        }
    }

    private static int post(Web web, Platform platform, String endpoint, String message) {
        return web.post(endpoint, platform.key("analyst"), message).status();
    }
}
