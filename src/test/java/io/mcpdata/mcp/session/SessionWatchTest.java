package io.mcpdata.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.mcp.sse.Room;
import io.mcpdata.mcp.sse.Room.Client;
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

    private final Room room = new Room();

    @Test
    void idleStreamIsSilentForNoLongerThanAHeartbeat() {
        Client client = room.connect("ann");

        // the checks come late
        Duration late = Duration.ofMillis(1_300);
        int beats = 0;
        Duration silent = Duration.ZERO;
        for (int look = 0; look < 60; look++) {
            room.advanceAndLook(late);
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
        Client client = room.connect("ann");

        for (int second = 0; second < 31; second++) {
            room.advanceAndLook(SECOND);
            client.ask(PING);
        }

        assertThat(client.sink().sent()).doesNotContain(StreamEvent.heartbeat());
    }

    @Test
    void revokedKeyEndsItsStreamsAndNoOthers() {
        Client ann = room.connect("ann");
        Client bob = room.connect("bob");
        room.recheck.revoke("key-of-ann");

        room.advanceAndLook(SECOND);

        assertThat(ann.sink().closes()).isEqualTo(1);
        assertThat(bob.sink().closes()).isZero();
        assertThat(room.audit.summary()).contains("STREAM_CLOSE credential_revoked");
    }

    @Test
    void streamEndsWithItsCredential() {
        var expiring = room.caller(Room.key("ann", "k", room.clock.instant().plusSeconds(10)));
        Client client = room.connect(expiring, false);

        room.advanceAndLook(Duration.ofSeconds(9));
        assertThat(client.sink().closes()).isZero();
        room.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(room.audit.summary()).contains("STREAM_CLOSE credential_expired");
    }

    @Test
    void streamLivesOnByTheFreshCredentialOfTheSameCaller() {
        var first = room.caller(Room.key("ann", "k1", room.clock.instant().plusSeconds(10)));
        var fresh = room.caller(Room.key("ann", "k2", room.clock.instant().plusSeconds(20)));
        Client client = room.connect(first, false);
        assertThat(client.isAccepted(fresh, PING)).isTrue();
        // an older credential that is still valid changes nothing
        assertThat(client.isAccepted(first, PING)).isTrue();

        room.advanceAndLook(Duration.ofSeconds(19));
        assertThat(client.sink().closes()).isZero();
        room.recheck.revoke("k1");
        room.advanceAndLook(Duration.ZERO);
        assertThat(client.sink().closes()).isZero();
        room.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(room.audit.summary()).contains("STREAM_CLOSE credential_expired");
    }

    @Test
    void freshCredentialThatIsRevokedEndsTheStream() {
        Client client = room.connect("ann");
        assertThat(client.isAccepted(room.caller(Room.key("ann", "k2", null)), PING))
                .isTrue();
        room.recheck.revoke("k2");

        room.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void streamEndsWhenItsKeyIsBoundToNetworksItDoesNotComeFrom() {
        Client ann = room.connect("ann");
        room.recheck.bind("key-of-ann", Room.ORIGIN.clientAddress());
        room.advanceAndLook(Duration.ofSeconds(1));
        assertThat(ann.sink().closes()).isZero();

        room.recheck.bind("key-of-ann", "198.51.100.1");
        room.advanceAndLook(Duration.ofSeconds(1));

        assertThat(ann.sink().closes()).isEqualTo(1);
        assertThat(room.audit.summary()).contains("STREAM_CLOSE credential_revoked");
    }

    @Test
    void recheckThatFailsEndsTheStream() {
        Client client = room.connect("ann");
        room.recheck.breakDown();

        room.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void credentialWithoutARecheckEndsTheStream() {
        Client client = room.connect("ann");
        SessionWatch alone = new SessionWatch(
                room.sessions,
                room.pending,
                new Credentials(List.of(), room.clock),
                new PersonaWatch(room.personas, room.tools),
                room.configuration,
                room.clock);

        alone.look();
        room.executor.runAll();

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void lostPersonaEndsTheStream() {
        Client client = room.connect("ann");
        room.configuration.change(InMemoryConfiguration.persona("other", List.of(), "mcp:connect"));

        room.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
        assertThat(room.audit.summary()).contains("STREAM_CLOSE persona_lost");
    }

    @Test
    void personaThatMayNotConnectAnyMoreEndsTheStream() {
        Client client = room.connect("ann");
        room.configuration.change(InMemoryConfiguration.persona("analyst", List.of(), "audit:read"));

        room.advanceAndLook(SECOND);

        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void clientIsToldOnceWhenOtherToolsExistForIt() {
        Client client = room.connectInitialized("ann");
        room.configuration.change(InMemoryConfiguration.persona("analyst", List.of("secret_*"), "mcp:connect"));

        room.advanceAndLook(SECOND);
        room.advanceAndLook(SECOND);

        assertThat(client.sink().messages())
                .filteredOn(text -> text.contains("notifications/tools/list_changed"))
                .hasSize(1);
        assertThat(client.sink().closes()).isZero();
    }

    @Test
    void clientIsNotToldWhenAChangeLeavesItsToolsAlone() {
        Client client = room.connectInitialized("ann");
        room.configuration.change(InMemoryConfiguration.persona("analyst", List.of("nothing"), "mcp:connect"));

        room.advanceAndLook(SECOND);

        assertThat(client.sink().messages()).noneMatch(text -> text.contains("list_changed"));
    }

    @Test
    void clientThatIsNotInitializedIsNotTold() {
        Client client = room.connect("ann");
        room.configuration.change(InMemoryConfiguration.persona("analyst", List.of("secret_*"), "mcp:connect"));

        room.advanceAndLook(SECOND);

        assertThat(client.sink().messages()).isEmpty();
    }

    @Test
    void unusedStreamIsClosed() {
        Client client = room.connect("ann");

        room.advanceAndLook(InMemoryConfiguration.IDLE.minus(SECOND));
        assertThat(client.sink().closes()).isZero();
        room.advanceAndLook(SECOND);

        assertThat(room.audit.summary()).contains("STREAM_CLOSE idle");
        assertThat(client.sink().closes()).isEqualTo(1);
    }

    @Test
    void everyRequestRestartsTheIdleTime() {
        Client client = room.connect("ann");
        room.advanceAndLook(InMemoryConfiguration.IDLE.minus(SECOND));
        client.ask(PING);

        room.advanceAndLook(InMemoryConfiguration.IDLE.minus(SECOND));

        assertThat(client.sink().closes()).isZero();
    }

    @Test
    void streamWithARunningCallIsNotIdle() {
        Client client = room.connectInitialized("ann");
        room.tools.add("long", cancellation -> {
            room.clock.advance(InMemoryConfiguration.IDLE.plus(SECOND));
            room.watch.look();
            return CallToolResult.error("done");
        });

        assertThat(client.ask(
                        "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\"long\"}}"))
                .singleElement()
                .asString()
                .contains("done");
        room.advanceAndLook(SECOND);
        assertThat(client.sink().closes()).isZero();
    }

    @Test
    void streamWhoseClientIsGoneIsClosed() {
        Client client = room.connect("ann");
        client.sink().loseClient();

        room.advanceAndLook(SECOND);

        assertThat(room.audit.summary()).contains("STREAM_CLOSE client_gone");
        assertThat(room.sessions.open()).isZero();
    }

    @Test
    void clientThatDoesNotReadIsCutOff() {
        Client client = room.connect("ann");
        client.sink().holdSends();
        client.ask(PING);

        room.advanceAndLook(Duration.ofSeconds(31));

        assertThat(room.audit.summary()).contains("STREAM_CLOSE slow_reader");
    }

    @Test
    void oneBrokenLookDoesNotEndTheWatch() {
        SessionWatch broken = new SessionWatch(
                room.sessions,
                room.pending,
                room.credentials,
                new PersonaWatch(room.personas, room.tools),
                new BrokenConfiguration(),
                room.clock);

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
