package io.mcpdata.mcp.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.server.CallRunner;
import io.mcpdata.mcp.server.InitializeHandler;
import io.mcpdata.mcp.server.McpServer;
import io.mcpdata.mcp.server.MessageReader;
import io.mcpdata.mcp.server.RequestRefusals;
import io.mcpdata.mcp.session.Credentials;
import io.mcpdata.mcp.session.McpSessions;
import io.mcpdata.mcp.session.OpenResponses;
import io.mcpdata.mcp.session.PersonaWatch;
import io.mcpdata.mcp.session.ServerName;
import io.mcpdata.mcp.session.SessionOpening;
import io.mcpdata.mcp.session.SessionWatch;
import io.mcpdata.mcp.session.StreamAudit;
import io.mcpdata.mcp.stream.OutboundBudget;
import io.mcpdata.mcp.stream.RecordingSink;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.testing.InMemoryAuditLog;
import io.mcpdata.testing.InMemoryConfiguration;
import io.mcpdata.testing.InMemoryTools;
import io.mcpdata.testing.MovableClock;
import io.mcpdata.testing.QueueingExecutor;
import io.mcpdata.testing.RecordingRecheck;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The whole package without a container: the objects of the producer, over doubles. */
public final class SseFixture {

    public static final RequestOrigin ORIGIN = new RequestOrigin("request-1", "192.0.2.1", "test");

    public final MovableClock clock = new MovableClock();
    public final QueueingExecutor executor = new QueueingExecutor();
    public final InMemoryConfiguration configuration = new InMemoryConfiguration();
    final ServerName server = new ServerName(configuration);
    public final InMemoryAuditLog audit = new InMemoryAuditLog();
    public final InMemoryTools tools = new InMemoryTools();
    public final RecordingRecheck recheck = new RecordingRecheck();
    public final ActivePersonas personas = new ActivePersonas(configuration);

    public final McpSessions sessions = new McpSessions();
    public final Credentials credentials = new Credentials(List.of(recheck), clock);
    public final StreamAudit streamAudit = new StreamAudit(audit, new RefusalRows(audit, clock), clock);
    public final SessionOpening sessionOpening =
            new SessionOpening(sessions, streamAudit, new PersonaWatch(personas, tools));
    public final CallerLimits limits = new CallerLimits(configuration, personas);
    public final OutboundBudget budget = new OutboundBudget(configuration);
    public final OpenResponses pending = new OpenResponses();
    public final StreamOpening opening =
            new StreamOpening(server, sessionOpening, streamAudit, limits, executor, budget, clock);
    public final RequestRefusals requestRefusals = new RequestRefusals(new RefusalRows(audit, clock), clock);
    public final CallRunner calls =
            new CallRunner(executor, limits, configuration, requestRefusals, java.util.Optional.empty());
    public final MessageIntake inbox = new MessageIntake(
            sessions,
            new McpServer(new InitializeHandler(configuration, "1.2.3"), tools, calls, requestRefusals),
            new MessageReader(limits, requestRefusals),
            streamAudit);
    public final SessionWatch watch =
            new SessionWatch(sessions, pending, credentials, new PersonaWatch(personas, tools), configuration, clock);

    public static PlatformCaller key(String name, String keyId, @Nullable Instant expiresAt) {
        return new PlatformCaller(name, AuthenticationMethod.API_KEY, keyId, List.of("analyst"), expiresAt);
    }

    public AuthorizedCaller caller(String name) {
        return caller(key(name, "key-of-" + name, null));
    }

    public AuthorizedCaller caller(PlatformCaller caller) {
        return new AuthorizedCaller(
                caller, personas.current().personaFor(caller.roles()).orElseThrow());
    }

    /** A client with an open stream, that has read its endpoint event. */
    public Client connect(String name) {
        return connect(caller(name), false);
    }

    public Client connect(AuthorizedCaller caller, boolean withToken) {
        RecordingSink sink = new RecordingSink();
        if (!opening.open(new StreamOpening.Wish(new Requester(caller, ORIGIN), "/app/messages", withToken), sink)) {
            throw new IllegalStateException("no stream was opened");
        }
        executor.runAll();
        return new Client(this, caller, sink);
    }

    public Client connectInitialized(String name) {
        Client client = connect(name);
        client.post(
                "{\"jsonrpc\":\"2.0\",\"id\":\"init\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2024-11-05\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}");
        client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        executor.runAll();
        return client;
    }

    public void advanceAndLook(Duration by) {
        clock.advance(by);
        watch.look();
        executor.runAll();
    }

    /** Opens a stream whose tasks run on these threads; returns the events that the stream sends. */
    public RecordingSink openOn(Executor threads, String name) {
        RecordingSink sink = new RecordingSink();
        new StreamOpening(server, sessionOpening, streamAudit, limits, threads, budget, clock)
                .open(new StreamOpening.Wish(new Requester(caller(name), ORIGIN), "/messages", false), sink);
        return sink;
    }

    /** One client and what its stream has received. */
    public record Client(SseFixture fixture, AuthorizedCaller caller, RecordingSink sink) {

        public String endpoint() {
            return sink.sent().get(0).data();
        }

        public String sessionId() {
            return endpoint().replaceAll(".*sessionId=([^&]*).*", "$1");
        }

        public String token() {
            return endpoint().replaceAll(".*&token=", "");
        }

        PostResult post(String message) {
            return postAs(caller, message);
        }

        /** Whether the session accepts the message. */
        public boolean isAccepted(AuthorizedCaller requester, String message) {
            return postAs(requester, message).equals(new PostResult.Accepted());
        }

        PostResult postAs(AuthorizedCaller requester, String message) {
            return fixture.inbox.receive(
                    sessionId(), new Requester(requester, ORIGIN), new ByteArrayInputStream(message.getBytes(UTF_8)));
        }

        /** Posts a message and runs nothing. */
        public void send(String message) {
            post(message);
        }

        /** Posts a message, runs its tasks and returns the resulting messages. */
        public List<String> ask(String message) {
            int before = sink.messages().size();
            post(message);
            fixture.executor.runAll();
            return sink.messages().subList(before, sink.messages().size());
        }
    }
}
