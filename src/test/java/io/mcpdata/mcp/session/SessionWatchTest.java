package io.mcpdata.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.sse.SseFixture;
import io.mcpdata.mcp.sse.SseFixture.Client;
import io.mcpdata.mcp.stream.RecordingSink;
import io.mcpdata.mcp.stream.SseStream;
import io.mcpdata.mcp.stream.StreamEvent;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.testing.InMemoryConfiguration;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionWatchTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    private final SseFixture fixture = new SseFixture();

    @Test
    void idleStreamIsSilentForNoLongerThanAHeartbeat() {
        Client client = fixture.connect("ann");

        // the checks come late
        Duration late = Duration.ofMillis(1_300);
        int beats = 0;
        Duration silent = Duration.ZERO;
        for (int look = 0; look < 60; look++) {
            fixture.advanceAndLook(late);
            silent = silent.plus(late);
            assertThat(silent).isLessThanOrEqualTo(InMemoryConfiguration.HEARTBEAT);
            int now = Collections.frequency(client.sink().sent(), StreamEvent.heartbeat());
            silent = now > beats ? Duration.ZERO : silent;
            beats = now;
        }
        assertThat(beats).as("no more often than it must").isEqualTo(6);
    }

    @Test
    void busyStreamNeedsNoHeartbeat() {
        Client client = fixture.connect("ann");

        for (int second = 0; second < 31; second++) {
            fixture.advanceAndLook(SECOND);
            client.ask(PING);
        }

        assertThat(client.sink().sent()).doesNotContain(StreamEvent.heartbeat());
    }

    @Test
    void revokedKeyEndsItsStreamsAndNoOthers() {
        Client ann = fixture.connect("ann");
        Client bob = fixture.connect("bob");
        fixture.recheck.revoke("key-of-ann");

        fixture.advanceAndLook(SECOND);

        assertThat(ann.sink().closes()).isEqualTo(1);
        assertThat(bob.sink().closes()).isZero();
        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE credential_revoked");
    }

    @Test
    void streamEndsWithItsCredential() {
        var expiring = fixture.caller(
                SseFixture.key("ann", "k", fixture.clock.instant().plusSeconds(10)));
        Client client = fixture.connect(expiring, false);

        fixture.advanceAndLook(Duration.ofSeconds(9));
        assertThat(client.sink().closes()).isZero();
        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE credential_expired");
    }

    @Test
    void streamLivesOnByTheFreshCredentialOfTheSameCaller() {
        var first = fixture.caller(
                SseFixture.key("ann", "k1", fixture.clock.instant().plusSeconds(10)));
        var fresh = fixture.caller(
                SseFixture.key("ann", "k2", fixture.clock.instant().plusSeconds(20)));
        Client client = fixture.connect(first, false);
        assertThat(client.isAccepted(fresh, PING)).isTrue();
        // an older credential that is still valid changes nothing
        assertThat(client.isAccepted(first, PING)).isTrue();

        fixture.advanceAndLook(Duration.ofSeconds(19));
        assertThat(client.sink().closes()).isZero();
        fixture.recheck.revoke("k1");
        fixture.advanceAndLook(Duration.ZERO);
        assertThat(client.sink().closes()).isZero();
        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE credential_expired");
    }

    @Test
    void freshCredentialThatIsRevokedEndsTheStream() {
        Client client = fixture.connect("ann");
        assertThat(client.isAccepted(fixture.caller(SseFixture.key("ann", "k2", null)), PING))
                .isTrue();
        fixture.recheck.revoke("k2");

        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void streamEndsWhenItsKeyIsBoundToNetworksItDoesNotComeFrom() {
        Client ann = fixture.connect("ann");
        fixture.recheck.bind("key-of-ann", SseFixture.ORIGIN.clientAddress());
        fixture.advanceAndLook(Duration.ofSeconds(1));
        assertThat(ann.sink().closes()).isZero();

        fixture.recheck.bind("key-of-ann", "198.51.100.1");
        fixture.advanceAndLook(Duration.ofSeconds(1));

        assertThat(ann.sink().closes()).isEqualTo(1);
        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE credential_revoked");
    }

    @Test
    void recheckThatFailsEndsTheStream() {
        Client client = fixture.connect("ann");
        fixture.recheck.breakDown();

        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void credentialWithoutARecheckEndsTheStream() {
        Client client = fixture.connect("ann");
        SessionWatch alone = new SessionWatch(
                fixture.sessions,
                fixture.pending,
                new Credentials(List.of(), fixture.clock),
                new PersonaWatch(fixture.personas, fixture.tools),
                fixture.configuration,
                fixture.clock);

        alone.look();
        fixture.executor.runAll();

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void lostPersonaEndsTheStream() {
        Client client = fixture.connect("ann");
        fixture.configuration.change(InMemoryConfiguration.persona("other", List.of(), "mcp:connect"));

        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE persona_lost");
    }

    @Test
    void personaThatMayNotConnectAnyMoreEndsTheStream() {
        Client client = fixture.connect("ann");
        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of(), "audit:read"));

        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void streamOfAuditRowsNeedsItsOwnPermissionAndGetsNoListChanges() {
        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of(), "events:read"));
        RecordingSink sink = new RecordingSink();
        SseStream stream = new SseStream(
                sink,
                fixture.executor,
                fixture.clock,
                fixture.budget.of("ann", () -> 1),
                reason -> fixture.sessionOpening.ended("events-1", reason));
        McpSession session = McpSession.of(
                McpSession.Kind.EVENTS,
                "events-1",
                new Requester(fixture.caller("ann"), SseFixture.ORIGIN),
                stream,
                Initialization.ofSse(),
                fixture.clock);
        assertThat(fixture.sessionOpening.open(session, 1)).isTrue();

        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of("secret_*"), "events:read"));
        fixture.advanceAndLook(SECOND);
        assertThat(sink.sent()).isEmpty();
        assertThat(stream.isOpen()).isTrue();

        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of(), "mcp:connect"));
        fixture.advanceAndLook(SECOND);

        assertThat(sink.closes()).isEqualTo(1);
        assertThat(fixture.audit.summary()).contains("STREAM_OPEN events", "STREAM_CLOSE persona_lost");
    }

    @Test
    void clientIsToldOnceWhenOtherToolsExistForIt() {
        Client client = fixture.connectInitialized("ann");
        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of("secret_*"), "mcp:connect"));

        fixture.advanceAndLook(SECOND);
        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().messages())
                .filteredOn(text -> text.contains("notifications/tools/list_changed"))
                .hasSize(1);
        assertThat(client.sink().closes()).isZero();
    }

    @Test
    void clientIsNotToldWhenAChangeLeavesItsToolsAlone() {
        Client client = fixture.connectInitialized("ann");
        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of("nothing"), "mcp:connect"));

        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().messages()).noneMatch(text -> text.contains("list_changed"));
    }

    @Test
    void clientThatIsNotInitializedIsNotTold() {
        Client client = fixture.connect("ann");
        fixture.configuration.change(InMemoryConfiguration.persona("analyst", List.of("secret_*"), "mcp:connect"));

        fixture.advanceAndLook(SECOND);

        assertThat(client.sink().messages()).isEmpty();
    }

    @Test
    void unusedStreamIsClosed() {
        Client client = fixture.connect("ann");

        fixture.advanceAndLook(InMemoryConfiguration.IDLE.minus(SECOND));
        assertThat(client.sink().closes()).isZero();
        fixture.advanceAndLook(SECOND);

        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE idle");
        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void everyRequestRestartsTheIdleTime() {
        Client client = fixture.connect("ann");
        fixture.advanceAndLook(InMemoryConfiguration.IDLE.minus(SECOND));
        client.ask(PING);

        fixture.advanceAndLook(InMemoryConfiguration.IDLE.minus(SECOND));

        assertThat(client.sink().closes()).isZero();
    }

    @Test
    void streamWithARunningCallIsNotIdle() {
        Client client = fixture.connectInitialized("ann");
        fixture.tools.add("long", cancellation -> {
            fixture.clock.advance(InMemoryConfiguration.IDLE.plus(SECOND));
            fixture.watch.look();
            return CallToolResult.error("done");
        });

        assertThat(client.ask(
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"long\"}}"))
                .singleElement()
                .asString()
                .contains("done");
        fixture.advanceAndLook(SECOND);
        assertThat(client.sink().closes()).isZero();
    }

    @Test
    void streamWhoseClientIsGoneIsClosed() {
        Client client = fixture.connect("ann");
        client.sink().loseClient();

        fixture.advanceAndLook(SECOND);

        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE client_gone");
        assertThat(fixture.sessions.open()).isZero();
    }

    @Test
    void clientThatDoesNotReadIsCutOff() {
        Client client = fixture.connect("ann");
        client.sink().holdSends();
        client.ask(PING);

        fixture.advanceAndLook(Duration.ofSeconds(31));

        assertThat(fixture.audit.summary()).contains("STREAM_CLOSE slow_reader");
    }

    @Test
    void oneBrokenLookDoesNotEndTheWatch() {
        SessionWatch broken = new SessionWatch(
                fixture.sessions,
                fixture.pending,
                fixture.credentials,
                new PersonaWatch(fixture.personas, fixture.tools),
                new BrokenConfiguration(),
                fixture.clock);

        assertThatCode(broken::look).doesNotThrowAnyException();
    }

    private static final class BrokenConfiguration implements ActiveConfiguration {
        @Override
        public PlatformConfig config() {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean usable() {
            return false;
        }

        @Override
        public List<String> problems() {
            return List.of();
        }
    }
}
