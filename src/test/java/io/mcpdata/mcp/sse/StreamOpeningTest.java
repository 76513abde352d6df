package io.mcpdata.mcp.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.sse.SseFixture.Client;
import io.mcpdata.mcp.stream.CloseReason;
import io.mcpdata.mcp.stream.RecordingSink;
import io.mcpdata.testing.InMemoryConfiguration;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StreamOpeningTest {

    private final SseFixture fixture = new SseFixture();

    @Test
    void firstEventSaysWhereMessagesGo() {
        Client client = fixture.connect("ann");

        assertThat(client.sink().sent()).hasSize(1).first().satisfies(event -> {
            assertThat(event.name()).isEqualTo("endpoint");
            assertThat(event.data()).matches("/app/messages\\?sessionId=[A-Za-z0-9_-]{24}");
        });
    }

    @Test
    void streamOpenedWithAKeyInTheQueryGetsATokenOfItsOwn() {
        Client client = fixture.connect(fixture.caller("ann"), true);

        assertThat(client.endpoint()).matches("/app/messages\\?sessionId=[A-Za-z0-9_-]{24}&token=[A-Za-z0-9_-]{43}");
        assertThat(client.sink().sent().get(0)).asString().doesNotContain(client.token());
    }

    @Test
    void idsAndTokensAreNeverTheSame() {
        Client one = fixture.connect(fixture.caller("ann"), true);
        Client two = fixture.connect(fixture.caller("ann"), true);

        assertThat(one.sessionId()).isNotEqualTo(two.sessionId());
        assertThat(one.token()).isNotEqualTo(two.token());
    }

    @Test
    void streamsBeyondTheLimitOfTheCallerAreNotOpened() {
        for (int i = 0; i < InMemoryConfiguration.STREAMS; i++) {
            fixture.connect("ann");
        }
        RecordingSink sink = new RecordingSink();

        assertThat(fixture.opening.open(wish("ann"), sink)).isFalse();

        fixture.executor.runAll();
        assertThat(sink.sent()).isEmpty();
        assertThat(sink.closes()).as("the answer is still to be written").isZero();
        assertThat(fixture.opening.open(wish("bob"), new RecordingSink())).isTrue();
        assertThat(fixture.audit.rows()).hasSize(InMemoryConfiguration.STREAMS + 2);
        assertThat(fixture.audit.rows().get(InMemoryConfiguration.STREAMS)).satisfies(row -> {
            assertThat(row.type()).isEqualTo(AuditEvent.Type.STREAM_OPEN);
            assertThat(row.outcome()).isEqualTo(AuditEvent.Outcome.DENIED);
            assertThat(row.category()).isEqualTo("too_many_streams");
            assertThat(row.subject().caller()).isEqualTo("ann");
        });
    }

    @Test
    void closedStreamFreesAPlaceForAnother() {
        Client first = fixture.connect("ann");
        for (int i = 1; i < InMemoryConfiguration.STREAMS; i++) {
            fixture.connect("ann");
        }
        fixture.sessions.find(first.sessionId()).orElseThrow().stream().close(CloseReason.CLIENT_GONE);
        fixture.executor.runAll();

        assertThat(fixture.opening.open(wish("ann"), new RecordingSink())).isTrue();
        assertThat(fixture.sessions.open()).isEqualTo(InMemoryConfiguration.STREAMS);
    }

    @Test
    void openingAndClosingAreAudited() {
        Client client = fixture.connect("ann");
        fixture.clock.advance(Duration.ofSeconds(7));
        fixture.sessions.find(client.sessionId()).orElseThrow().stream().close(CloseReason.CREDENTIAL_REVOKED);
        fixture.executor.runAll();

        assertThat(fixture.audit.summary()).containsExactly("STREAM_OPEN", "STREAM_CLOSE credential_revoked");
        AuditEvent close = fixture.audit.rows().get(1);
        assertThat(close.subject()).isEqualTo(fixture.caller("ann").auditSubject());
        assertThat(close.outcome()).isEqualTo(AuditEvent.Outcome.DENIED);
        assertThat(close.duration()).isEqualTo(Duration.ofSeconds(7));
        assertThat(close.origin()).isEqualTo(SseFixture.ORIGIN);
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new AuditUnavailableException("broken", new IllegalStateException()),
                new NoClassDefFoundError("as if"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void streamThatCannotBeAuditedDoesNotOpen(Throwable failure) {
        fixture.audit.breakDown(failure);
        RecordingSink sink = new RecordingSink();

        assertThatThrownBy(() -> fixture.opening.open(wish("ann"), sink)).isSameAs(failure);

        fixture.executor.runAll();
        assertThat(sink.sent()).isEmpty();
        assertThat(fixture.sessions.open()).isZero();
    }

    @Test
    void streamIsClosedEvenIfThatCannotBeAudited() {
        Client client = fixture.connect("ann");
        fixture.audit.breakDown();
        fixture.sessions.find(client.sessionId()).orElseThrow().stream().close(CloseReason.IDLE);
        fixture.executor.runAll();

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(fixture.sessions.open()).isZero();
    }

    private StreamOpening.Wish wish(String name) {
        return new StreamOpening.Wish(new Requester(fixture.caller(name), SseFixture.ORIGIN), "/messages", false);
    }
}
