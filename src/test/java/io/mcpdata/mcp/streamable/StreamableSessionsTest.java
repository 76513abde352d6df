package io.mcpdata.mcp.streamable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mcpdata.gateway.Seal;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.session.ServerName;
import io.mcpdata.mcp.session.SessionIds;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.InitializeRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Sessions of an earlier start of the server, without a container. */
final class StreamableSessionsTest {

    private static final Optional<String> NO_REVISION = Optional.empty();
    private static final InitializeRequest INITIALIZE = InitializeRequest.from(
            Json.readObject("{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\","
                    + "\"version\":\"1\"}}"));

    private final byte[] key = Seal.randomKey();
    private final SseFixture fixture = new SseFixture();
    private final Requester ann = new Requester(fixture.caller("ann"), SseFixture.ORIGIN);
    private final SessionIds earlier =
            new SessionIds(() -> Seal.of(key), new ServerName(fixture.configuration), fixture.clock);
    private final StreamableSessions sessions = new StreamableSessions(
            fixture.limits,
            fixture.sessions,
            new RestorableSessions(
                    new SessionIds(() -> Seal.of(key), new ServerName(fixture.configuration), fixture.clock)),
            fixture.sessionOpening,
            fixture.streamAudit,
            new ReplayStore(10_000, Ticker.systemTicker()),
            fixture.clock);

    private String idOfAnEarlierStart() {
        return earlier.next(ann.caller().identity(), INITIALIZE);
    }

    private StreamableSession of(String id) {
        return sessions.of(Optional.of(id), NO_REVISION, ann);
    }

    private void assertUnknown(String id, Requester requester) {
        assertThatThrownBy(() -> sessions.of(Optional.of(id), NO_REVISION, requester))
                .isInstanceOfSatisfying(
                        PostRefusedException.class,
                        e -> assertThat(e.response().getStatus()).isEqualTo(404));
    }

    @Test
    void sessionOfAnEarlierStartIsRestoredOnce() {
        String id = idOfAnEarlierStart();

        StreamableSession restored = of(id);

        assertThat(restored.id()).isEqualTo(id);
        assertThat(of(id).session()).isSameAs(restored.session());
        assertThat(fixture.audit.summary()).containsExactly("SESSION_OPEN restored");
    }

    @Test
    void restoredSessionThatEndedIsNotRestoredAgain() {
        for (CloseReason reason : CloseReason.values()) {
            String id = idOfAnEarlierStart();
            of(id).session().stream().close(reason);

            assertUnknown(id, ann);
        }
    }

    @Test
    void sessionThatItsClientEndsBeforeItIsRestoredIsNotRestored() {
        String id = idOfAnEarlierStart();

        sessions.end(Optional.of(id), NO_REVISION, ann);

        assertUnknown(id, ann);
        assertThatThrownBy(() -> sessions.end(Optional.of(id), NO_REVISION, ann))
                .isInstanceOf(PostRefusedException.class);
        assertThat(fixture.audit.rows()).isEmpty();
    }

    @Test
    void sessionOfThisStartThatEndedIsUnknown() {
        StreamableSession session = sessions.open(ann, INITIALIZE);
        assertThat(of(session.id()).session()).isSameAs(session.session());

        sessions.end(Optional.of(session.id()), NO_REVISION, ann);

        assertUnknown(session.id(), ann);
    }

    @Test
    void idOfAnotherCallerIsUnknownAndAudited() {
        String id = idOfAnEarlierStart();

        assertUnknown(id, new Requester(fixture.caller("bob"), SseFixture.ORIGIN));

        assertThat(fixture.audit.summary()).containsExactly("ACCESS_DENIED session_of_another");
        assertThat(of(id)).isNotNull();
    }

    @Test
    void clientThatInitializesGetsNoRestoredSession() {
        assertThatThrownBy(() -> sessions.ofOpen(Optional.of(idOfAnEarlierStart()), NO_REVISION, ann))
                .isInstanceOf(PostRefusedException.class);
    }

    @Test
    void restoredSessionsCountAsOpenedOnes() {
        int most = new CallerLimits(fixture.configuration, fixture.personas)
                .of(ann.caller())
                .sessionsPerCaller();
        String first = idOfAnEarlierStart();
        of(first);
        for (int i = 0; i < 2 * most; i++) {
            // the session that was not used for the longest time makes place for the next one
            fixture.clock.advance(Duration.ofSeconds(1));
            of(idOfAnEarlierStart());
        }

        assertThat(fixture.sessions.open()).isEqualTo(most);
        assertUnknown(first, ann);
    }

    @Test
    void restorationsAreLimitedInAMinute() {
        fixture.configuration.limitCallsAMinute(2);
        of(idOfAnEarlierStart());
        of(idOfAnEarlierStart());
        String late = idOfAnEarlierStart();

        assertThatThrownBy(() -> of(late))
                .isInstanceOfSatisfying(
                        PostRefusedException.class,
                        e -> assertThat(e.response().getStatus()).isEqualTo(429));
        fixture.configuration.limitCallsAMinute(0);
        assertThat(of(late).id()).as("a refused one may be restored later").isEqualTo(late);
    }

    @Test
    void requestsThatComeAtOnceShareOneRestoredSession() throws Exception {
        String id = idOfAnEarlierStart();
        int requests = 8;
        Set<Object> found = ConcurrentHashMap.newKeySet();
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        for (int i = 0; i < requests; i++) {
            threads.execute(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                found.add(System.identityHashCode(of(id).session()));
            });
        }
        begin.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        assertThat(found).hasSize(1);
        assertThat(fixture.audit.summary()).containsExactly("SESSION_OPEN restored");
    }
}
