package io.mcpdata.mcp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.gateway.FeatureGateway;
import io.mcpdata.gateway.Toolkit;
import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.ClientRequests;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.mcp.exchange.Initialization;
import io.mcpdata.mcp.exchange.Requester;
import io.mcpdata.mcp.exchange.ResourceSubscriptions;
import io.mcpdata.mcp.exchange.RunningCalls;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerLimits;
import io.mcpdata.protocol.JsonRpcCodec;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.InMemoryAuditLog;
import io.mcpdata.testing.InMemoryConfiguration;
import io.mcpdata.testing.QueueingExecutor;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A transport in one JVM over the platform's handlers and the real gateway: messages go in as text and responses come
 * back as text. No HTTP, no session, no stream.
 */
final class DirectTransport implements Exchange {

    private static final JsonRpcCodec CODEC = new JsonRpcCodec(65_536, 16);

    private final QueueingExecutor threads = new QueueingExecutor();
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final Initialization initialization = Initialization.ofSse();
    private final RunningCalls calls = new RunningCalls();
    private final ClientRequests requests = new ClientRequests();
    private final ResourceSubscriptions subscriptions = new ResourceSubscriptions();
    private final List<JsonObject> responses = new CopyOnWriteArrayList<>();
    private final Requester requester;
    private final McpServer server;
    private final CallRunner runner;
    private Runnable onReply = () -> {};

    DirectTransport(AuthorizedCaller caller, Toolkit toolkit) {
        InMemoryConfiguration configuration = new InMemoryConfiguration();
        RequestRefusals refusals = new RequestRefusals(new RefusalRows(audit, Clock.systemUTC()), Clock.systemUTC());
        FeatureGateway gateway = new FeatureGateway(List.of(toolkit), audit);
        requester = new Requester(caller, new RequestOrigin("request-1", "192.0.2.1", "test"));
        runner = new CallRunner(
                threads,
                new CallerLimits(configuration, new ActivePersonas(configuration)),
                configuration,
                refusals,
                Optional.empty());
        server = new McpServer(new InitializeHandler(configuration, "1.2.3"), gateway, runner, refusals);
    }

    /** Sends a message and starts none of the calls it asks for. */
    void post(String message) {
        server.dispatch(this, CODEC.parse(message.getBytes(UTF_8)));
    }

    /** Runs the waiting calls; returns the responses since the last call. */
    List<JsonObject> responses() {
        threads.runAll();
        List<JsonObject> all = List.copyOf(responses);
        responses.clear();
        return all;
    }

    /** What the platform does every few seconds. */
    void reportProgress() {
        runner.reportProgress();
    }

    /** The first message of a call that runs on another thread. */
    JsonObject awaitMessage() {
        Eventually.within(Duration.ofSeconds(10), "a message", () -> !responses.isEmpty());
        return responses.get(0);
    }

    InMemoryAuditLog audit() {
        return audit;
    }

    @Override
    public Requester requester() {
        return requester;
    }

    @Override
    public Initialization initialization() {
        return initialization;
    }

    @Override
    public RunningCalls calls() {
        return calls;
    }

    @Override
    public ResourceSubscriptions subscriptions() {
        return subscriptions;
    }

    @Override
    public ClientRequests requests() {
        return requests;
    }

    @Override
    public boolean send(String message) {
        responses.add(Json.readObject(message));
        return true;
    }

    /** Runs with each response, before the call continues. */
    void onReply(Runnable action) {
        onReply = action;
    }

    @Override
    public void reply(String response) {
        responses.add(Json.readObject(response));
        onReply.run();
    }
}
