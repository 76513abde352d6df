package io.mcpdata.mcp.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.sse.SseFixture.Client;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.testing.InMemoryConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageIntakeTest {

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    private static final PostResult UNKNOWN = new PostResult.UnknownSession();

    private final SseFixture fixture = new SseFixture();
    private final Client ann = fixture.connect("ann");

    @Test
    void sessionOfAnotherCallerIsUnknownAndNothingIsDone() {
        assertThat(ann.postAs(fixture.caller("bob"), PING)).isEqualTo(UNKNOWN);

        fixture.executor.runAll();
        assertThat(ann.sink().messages()).isEmpty();
        assertThat(fixture.audit.summary()).containsExactly("STREAM_OPEN", "ACCESS_DENIED session_of_another");
        assertThat(fixture.audit.rows().get(1).subject().caller()).isEqualTo("bob");
    }

    @Test
    void callerOfTheSameNameByAnotherMethodIsAnotherCaller() {
        PlatformCaller byToken =
                new PlatformCaller("ann", AuthenticationMethod.OIDC, "issuer", List.of("analyst"), null);

        assertThat(ann.postAs(fixture.caller(byToken), PING)).isEqualTo(UNKNOWN);
    }

    @Test
    void secondKeyOfTheSameNameIsTheSameCaller() {
        assertThat(ann.postAs(fixture.caller(SseFixture.key("ann", "rotated", null)), PING))
                .isEqualTo(new PostResult.Accepted());
    }

    @Test
    void bodyForAForeignSessionIsNotRead() {
        InputStream untouchable = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("the body was read");
            }
        };

        assertThat(fixture.inbox.receive(
                        "unknown", new Requester(fixture.caller("ann"), SseFixture.ORIGIN), untouchable))
                .isEqualTo(UNKNOWN);
    }

    @Test
    void sessionIsUnknownOnceItsStreamIsClosed() {
        fixture.sessions.find(ann.sessionId()).orElseThrow().stream().close(CloseReason.IDLE);

        assertThat(ann.post(PING)).as("even before the clean-up ran").isEqualTo(UNKNOWN);
        fixture.executor.runAll();
        assertThat(ann.post(PING)).isEqualTo(UNKNOWN);
    }

    @Test
    void invalidJsonIsABadRequestAndTheSessionLivesOn() {
        assertThat(ann.post("{nonsense")).isInstanceOfSatisfying(PostResult.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo(ErrorCode.PARSE_ERROR);
        });
        assertThat(ann.ask(PING)).hasSize(1);
        assertThat(fixture.audit.summary()).containsExactly("STREAM_OPEN", "ACCESS_DENIED malformed_message");
    }

    @Test
    void batchIsABadRequest() {
        assertThat(ann.post("[" + PING + "]"))
                .isInstanceOfSatisfying(
                        PostResult.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    @Test
    void messageBeyondTheLimitIsTooLargeAndNotReadToItsEnd() {
        long[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return ' ';
            }
        };

        assertThat(fixture.inbox.receive(ann.sessionId(), new Requester(ann.caller(), SseFixture.ORIGIN), endless))
                .isInstanceOfSatisfying(
                        PostResult.Refused.class,
                        refused -> assertThat(refused.status()).isEqualTo(413));
        assertThat(read[0]).isEqualTo(InMemoryConfiguration.REQUEST_BYTES + 1);
        assertThat(fixture.audit.summary()).containsExactly("STREAM_OPEN", "ACCESS_DENIED message_too_large");
    }

    @Test
    void messageAtTheLimitIsTaken() {
        String padded = PING + " ".repeat(InMemoryConfiguration.REQUEST_BYTES - PING.length());

        assertThat(ann.post(padded)).isEqualTo(new PostResult.Accepted());
    }

    @Test
    void bodyThatBreaksOffIsABadRequest() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset by canary");
            }
        };

        assertThat(fixture.inbox.receive(ann.sessionId(), new Requester(ann.caller(), SseFixture.ORIGIN), broken))
                .isInstanceOfSatisfying(PostResult.Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.message()).doesNotContain("canary");
                });
    }
}
