package io.mcpdata.container.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Diagnosis;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SecondPlatform;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A thousand idle clients, clients that disconnect, and one that does not read. */
@ArquillianTest
@Order(4)
final class ManyStreamsIT {

    private static final int MANY = 1_000;
    private static final int GONE = 500;
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int PINGS = 60;
    private static final int FLOOD = 400;
    private static final int MOST = 10_000;
    private static final int NUMBERED = 200;
    private static final long EVENTS_THAT_WAIT = 1_000;
    private static final long FOR_THE_REST = 4 * 1024 * 1024;
    private static final int ROUNDS = 3;
    private static final long HARDLY_MILLIS = 10;
    private static final int LOOKS = 3;

    private final List<RawStream> streams = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void thousandIdleStreamsNeedNoThreadEachAndVanishedClientsAreNoticedWithinTwoHeartbeats() throws Exception {
        Platform platform = with("streams_per_caller: " + MANY);
        // a caller of its own, because the server closes its streams only after this test
        String key = new Web(platform)
                .post("/api/v1/keys", platform.key("admin"), "{\"name\":\"idle-clients\",\"roles\":[\"analyst\"]}")
                .json()
                .getString("key");
        Diagnosis java = new Diagnosis(platform.server());
        int threads = java.threads().size();
        for (int i = 0; i < MANY; i++) {
            assertThat(open(platform, key)).isEqualTo(200);
        }
        assertThat(open(platform, key)).as("one more than allowed").isEqualTo(429);
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
        // the second write to a closed client fails at the latest
        Thread.sleep(HEARTBEAT.multipliedBy(2).toMillis());
        for (int i = 0; i < GONE; i++) {
            assertThat(open(platform, key))
                    .as("place %d of a client that went", i)
                    .isEqualTo(200);
        }
        assertThat(open(platform, key)).as("the others kept theirs").isEqualTo(429);
    }

    @Test
    void clientThatDoesNotReadIsCutOffWhileOthersLoseNothingAndHardlyWait() throws Exception {
        Instant begin = Instant.now();
        Platform platform = with("streams_per_caller: 5");
        Web web = new Web(platform);
        Diagnosis java = new Diagnosis(platform.server());
        try (McpConversation other = McpConversation.begin(web, platform.key("viewer"));
                McpConversation numbered = McpConversation.begin(web, platform.key("analyst"));
                McpConversation reading = McpConversation.begin(web, platform.key("analyst"))) {
            // in the first round the JVM compiles the code
            pingsDuring(other, numbered, () -> flood(web, platform, reading.endpoint(), FLOOD));
            // what else the machine does makes pings longer, never shorter: the quietest round of each kind counts
            long[] before = {};
            long[] during = {};
            for (int i = 0; i < ROUNDS && (i == 0 || median(during) - median(before) >= HARDLY_MILLIS); i++) {
                before = quieter(
                        before, pingsDuring(other, numbered, () -> flood(web, platform, reading.endpoint(), FLOOD)));
                String stalled = stalled(web, platform);
                during = quieter(during, pingsDuring(other, numbered, () -> floodUntilCutOff(web, platform, stalled)));
                System.out.printf(
                        "%s: a ping beside a reader takes %s, beside a stalled reader %s%n",
                        platform.server().name(), spread(before), spread(during));
            }
            assertThat(median(during) - median(before))
                    .as("milliseconds more that others wait")
                    .isLessThan(HARDLY_MILLIS);

            long waiting = EVENTS_THAT_WAIT * unreadAnswer(web, platform).length();
            long heap = java.liveBytes();
            long most = mostLiveBytesWhile(java, () -> floodUntilCutOff(web, platform, stalled(web, platform)));
            // the server releases what waited for the last stalled reader some time after it ended the session
            long after = java.liveBytes();
            for (int i = 0; i < LOOKS && after - heap >= FOR_THE_REST; i++) {
                Thread.sleep(HEARTBEAT.toMillis());
                after = java.liveBytes();
            }
            System.out.printf(
                    "%s: the heap grew by %d KiB for a stalled reader, for whom %d KiB may wait, and by %d KiB after it%n",
                    platform.server().name(), (most - heap) / 1024, waiting / 1024, (after - heap) / 1024);
            assertThat(most - heap).as("bytes the heap grew by").isLessThan(waiting + FOR_THE_REST);
            assertThat(after - heap).as("bytes it never gave back").isLessThan(FOR_THE_REST);
        }
        // those that were cut off: all that were stalled
        StoredRows.awaitCount(
                platform,
                "type = 'STREAM_CLOSE' AND category = 'slow_reader'" + StoredRows.since(begin),
                streams.size());
    }

    private static Platform with(String streamsPerCaller) {
        return SecondPlatform.with(Platform.standardYaml()
                .replace("heartbeat: 1s", "heartbeat: " + HEARTBEAT.toSeconds() + "s")
                .replace("streams_per_caller: 200", streamsPerCaller));
    }

    private int open(Platform platform, String key) throws IOException {
        RawStream stream = RawStream.open(platform, key);
        streams.add(stream);
        return stream.status();
    }

    /** Sorted round trips in milliseconds, while others do something; waits for all of it. */
    private static long[] pingsDuring(McpConversation conversation, McpConversation numbered, Runnable meanwhile)
            throws Exception {
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> running =
                    List.of(others.submit(meanwhile), others.submit(() -> everyRequestIsAnswered(numbered)));
            List<Long> millis = new ArrayList<>();
            while (millis.size() < PINGS || !running.stream().allMatch(Future::isDone)) {
                long begin = System.nanoTime();
                assertThat(conversation
                                .request("ping", JsonValue.EMPTY_JSON_OBJECT)
                                .containsKey("result"))
                        .isTrue();
                millis.add((System.nanoTime() - begin) / 1_000_000);
                Thread.sleep(20);
            }
            for (Future<?> each : running) {
                each.get();
            }
            return millis.stream().mapToLong(Long::longValue).sorted().toArray();
        } finally {
            others.shutdownNow();
        }
    }

    /** None is lost and none arrives twice, in any order. */
    private static void everyRequestIsAnswered(McpConversation conversation) {
        List<Integer> asked = new ArrayList<>();
        List<Integer> answered = new ArrayList<>();
        for (int i = 0; i < NUMBERED; i++) {
            asked.add(conversation.begin("tools/list", JsonValue.EMPTY_JSON_OBJECT));
        }
        for (int i = 0; i < NUMBERED; i++) {
            answered.add(conversation.stream().next("message").json().getInt("id"));
        }
        assertThat(answered).containsExactlyInAnyOrderElementsOf(asked);
    }

    /**
     * Each measurement collects garbage first. The measured action is repeated until there were enough measurements.
     */
    private static long mostLiveBytesWhile(Diagnosis java, Callable<?> meanwhile) throws Exception {
        ExecutorService others = Executors.newSingleThreadExecutor();
        AtomicInteger looks = new AtomicInteger();
        try {
            Future<?> running = others.submit(() -> {
                do {
                    meanwhile.call();
                } while (looks.get() < LOOKS);
                return looks;
            });
            long most = 0;
            while (!running.isDone()) {
                most = Math.max(most, java.liveBytes());
                looks.incrementAndGet();
            }
            running.get();
            return most;
        } finally {
            others.shutdownNow();
        }
    }

    private static long[] quieter(long[] known, long[] next) {
        return known.length == 0 || median(next) < median(known) ? next : known;
    }

    /** The list of tools for a session that begins as the stalled ones do. */
    private static String unreadAnswer(Web web, Platform platform) {
        try (McpConversation conversation = McpConversation.open(web, platform.key("analyst"))) {
            conversation.initialize(UnreadAnswers.REVISION);
            return conversation
                    .request("tools/list", JsonValue.EMPTY_JSON_OBJECT)
                    .toString();
        }
    }

    private static long median(long[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static String spread(long[] sorted) {
        return median(sorted) + " ms (p95 " + sorted[sorted.length * 95 / 100] + ", " + sorted.length + " pings)";
    }

    /** The endpoint of a session whose client stops reading now. */
    private String stalled(Web web, Platform platform) throws IOException {
        assertThat(open(platform, platform.key("analyst"))).isEqualTo(200);
        String endpoint = streams.get(streams.size() - 1).endpoint();
        answers(web, platform, endpoint).initialize();
        return endpoint;
    }

    /** Requests the long list of tools repeatedly; returns whether the session ended before so many requests. */
    private static boolean flood(Web web, Platform platform, String endpoint, int times) {
        UnreadAnswers answers = answers(web, platform, endpoint);
        for (int id = 1_000_000; id < 1_000_000 + times; id++) {
            if (answers.ask(id) == 404) {
                return true;
            }
        }
        return false;
    }

    private static boolean floodUntilCutOff(Web web, Platform platform, String endpoint) {
        boolean cutOff = flood(web, platform, endpoint, MOST);
        assertThat(cutOff).as("the stalled stream is cut off").isTrue();
        return cutOff;
    }

    private static UnreadAnswers answers(Web web, Platform platform, String endpoint) {
        return new UnreadAnswers(web, platform.key("analyst"), endpoint);
    }
}
