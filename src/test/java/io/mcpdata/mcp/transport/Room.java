package io.mcpdata.mcp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.testing.InMemoryAuditLog;
import io.mcpdata.testing.MovableClock;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole room without a container: what the producer puts together, over doubles. */
final class Room {

    static final RequestOrigin ORIGIN = new RequestOrigin("request-1", "192.0.2.1", "test");

    final MovableClock clock = new MovableClock();
    final QueueingExecutor executor = new QueueingExecutor();
    final InMemoryConfiguration configuration = new InMemoryConfiguration();
    final InMemoryAuditLog audit = new InMemoryAuditLog();
    final InMemoryTools tools = new InMemoryTools();
    final RecordingRecheck recheck = new RecordingRecheck();
    final ActivePersonas personas = new ActivePersonas(configuration);

    final McpSessions sessions = new McpSessions();
    final Credentials credentials = new Credentials(List.of(recheck), clock);
    final StreamAudit streamAudit = new StreamAudit(audit, new RefusalRows(audit, clock), clock);
    final StreamOpening opening = new StreamOpening(sessions, streamAudit, configuration, executor, clock);
    final CallRunner calls = new CallRunner(tools, executor, configuration, streamAudit);
    final Inbox inbox = new Inbox(
            sessions,
            new McpDispatcher(new Greeting(configuration, "1.2.3"), tools, calls, streamAudit),
            configuration,
            streamAudit);
    final SessionWatch watch =
            new SessionWatch(sessions, credentials, new PersonaWatch(personas, tools), configuration, clock);

    static PlatformCaller key(String name, String keyId, @Nullable Instant expiresAt) {
        return new PlatformCaller(name, AuthenticationMethod.API_KEY, keyId, List.of("analyst"), expiresAt);
    }

    AuthorizedCaller caller(String name) {
        return caller(key(name, "key-of-" + name, null));
    }

    AuthorizedCaller caller(PlatformCaller caller) {
        return new AuthorizedCaller(
                caller, personas.current().personaFor(caller.roles()).orElseThrow());
    }

    /** A client with an open stream, that has read its endpoint event. */
    Client connect(String name) {
        return connect(caller(name), false);
    }

    Client connect(AuthorizedCaller caller, boolean withToken) {
        RecordingSink sink = new RecordingSink();
        if (!opening.open(new StreamOpening.Wish(caller, ORIGIN, "/app/messages", withToken), sink)) {
            throw new IllegalStateException("no stream was opened");
        }
        executor.runAll();
        return new Client(this, caller, sink);
    }

    Client connectInitialized(String name) {
        Client client = connect(name);
        client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":\"init\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2024-11-05\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        executor.runAll();
        return client;
    }

    void advanceAndLook(Duration by) {
        clock.advance(by);
        watch.look();
        executor.runAll();
    }

    /** One client and what its stream has received. */
    record Client(Room room, AuthorizedCaller caller, RecordingSink sink) {

        String endpoint() {
            return sink.sent().get(0).data();
        }

        String sessionId() {
            return endpoint().replaceAll(".*sessionId=([^&]*).*", "$1");
        }

        String token() {
            return endpoint().replaceAll(".*&token=", "");
        }

        Receipt post(String message) {
            return postAs(caller, message);
        }

        Receipt postAs(AuthorizedCaller requester, String message) {
            return room.inbox.receive(
                    sessionId(), new Requester(requester, ORIGIN), new ByteArrayInputStream(message.getBytes(UTF_8)));
        }

        /** Posts a message, runs what it set off and gives the messages that came of it. */
        List<String> ask(String message) {
            int before = sink.messages().size();
            post(message);
            room.executor.runAll();
            return sink.messages().subList(before, sink.messages().size());
        }
    }
}
