package io.mcpdata.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.gateway.Seal;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.testing.InMemoryConfiguration;
import io.mcpdata.testing.MovableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionIdsTest {

    private static final String ANN = "api_key:ann";

    private final byte[] key = Seal.randomKey();
    private final ServerName server = new ServerName(new InMemoryConfiguration());
    private final MovableClock clock = new MovableClock();
    private final SessionIds earlier = start();
    private final SessionIds now = start();

    private SessionIds start() {
        return new SessionIds(() -> Seal.of(key), server, clock);
    }

    private static InitializeRequest request(String revision, String capabilities) {
        return InitializeRequest.from(Json.readObject("{\"protocolVersion\":\"" + revision + "\",\"capabilities\":"
                + capabilities + ",\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}"));
    }

    @Test
    void idOfAnEarlierStartSaysWhatTheClientDeclared() {
        String id = earlier.next(
                ANN, request("2025-06-18", "{\"elicitation\":{},\"roots\":{\"listChanged\":true},\"other\":{}}"));

        Initialization restored = now.ofEarlierStart(id, ANN).orElseThrow();

        assertThat(restored.isRestored()).isTrue();
        assertThat(restored.isInUse()).isTrue();
        assertThat(restored.revision()).isEqualTo(ProtocolVersion.V2025_06_18);
        assertThat(restored.client().hasStructuredContent()).isTrue();
        assertThat(restored.capabilities()).isEqualTo(Json.readObject("{\"elicitation\":{},\"roots\":{}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-03-26, V2025_03_26, V2025_03_26",
        "2025-11-25, V2025_11_25, V2025_11_25",
        "2024-11-05, V2025_11_25, V2024_11_05",
        "2025-09-01, V2025_11_25, V2025_06_18",
        "2026-07-28, V2025_11_25, V2026_07_28",
        "2030-01-01, V2025_11_25, V2026_07_28",
        "'', V2025_11_25, V2024_11_05"
    })
    void revisionsOfSessionAndClientAreTheSameAsBefore(
            String requested, ProtocolVersion session, ProtocolVersion client) {
        String id = earlier.next(ANN, request(requested, "{}"));

        Initialization restored = now.ofEarlierStart(id, ANN).orElseThrow();

        assertThat(restored.revision()).isEqualTo(session);
        assertThat(restored.client().label()).isEqualTo(client.label());
        assertThat(restored.capabilities()).isEmpty();
    }

    @Test
    void elicitationByUrlAloneStaysUnasked() {
        String id = earlier.next(ANN, request("2025-11-25", "{\"elicitation\":{\"url\":{}}}"));

        assertThat(now.ofEarlierStart(id, ANN).orElseThrow().capabilities()).isEmpty();
    }

    @Test
    void idOfThisStartRestoresNothing() {
        assertThat(now.ofEarlierStart(now.next(ANN, request("2025-11-25", "{}")), ANN))
                .isEmpty();
    }

    @Test
    void idOfAnotherCallerRestoresNothing() {
        String id = earlier.next(ANN, request("2025-11-25", "{}"));

        assertThat(now.ofEarlierStart(id, "api_key:bob")).isEmpty();
        assertThat(now.isOfAnother(id, "api_key:bob")).isTrue();
        assertThat(now.isOfAnother(id, ANN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.b", "never-was", "=.=", "."})
    void textThatIsNoIdIsNone(String text) {
        assertThat(now.ofEarlierStart(text, ANN)).isEmpty();
        assertThat(now.isOfAnother(text, ANN)).isFalse();
    }

    @Test
    void idOfAnotherServerOrAChangedOneIsNone() {
        String id = earlier.next(ANN, request("2025-11-25", "{}"));
        SessionIds other = new SessionIds(Seal::ofRandomKey, server, clock);

        assertThat(other.ofEarlierStart(id, ANN)).isEmpty();
        assertThat(other.isOfAnother(id, ANN)).isFalse();
        for (int i = 0; i < id.length(); i++) {
            String changed = id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1);
            assertThat(now.ofEarlierStart(changed, ANN)).as("%s", i).isEmpty();
        }
    }

    @Test
    void sessionCanBeRestoredOnlySoLongAfterItsOpening() {
        String id = earlier.next(ANN, request("2025-11-25", "{}"));

        clock.advance(SessionIds.LONGEST_LIFE);
        assertThat(now.ofEarlierStart(id, ANN)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(now.ofEarlierStart(id, ANN)).isEmpty();
    }

    /** MCP wants visible ASCII. */
    @Test
    void idsAreShortVisibleAndDifferent() {
        InitializeRequest request = request("2".repeat(5_000), "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}");
        String id = now.next(ANN, request);

        assertThat(id).matches("[!-~]{1,200}").isNotEqualTo(now.next(ANN, request));
    }
}
