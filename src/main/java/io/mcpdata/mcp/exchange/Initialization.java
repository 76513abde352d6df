package io.mcpdata.mcp.exchange;

import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.InitializeRequest;
import io.mcpdata.protocol.LogLevel;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.RequestMeta;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.function.Function;

/** Whether a client has sent {@code initialize}, and what it sent (MCP, section Lifecycle). Thread-safe. */
public final class Initialization {

    private final Function<String, ProtocolVersion> negotiation;
    private volatile boolean done;
    private volatile boolean assumed;
    private volatile boolean restored;
    private volatile ProtocolVersion revision = ProtocolVersion.V2024_11_05;
    private volatile ClientRevision client = ClientRevision.of(ProtocolVersion.V2024_11_05);
    private volatile JsonObject capabilities = JsonValue.EMPTY_JSON_OBJECT;
    private volatile Optional<LogLevel> logLevel = Optional.of(LogLevel.INFO);

    private Initialization(Function<String, ProtocolVersion> negotiation) {
        this.negotiation = negotiation;
    }

    /** Of a transport that has revision 2024-11-05 alone. */
    public static Initialization ofSse() {
        return new Initialization(requested -> ProtocolVersion.V2024_11_05);
    }

    /** Of a transport that has every later revision with sessions. */
    public static Initialization ofStreamableHttp() {
        return new Initialization(Initialization::negotiated);
    }

    /** The revision of a session of {@code /mcp} for a client that requests this one. */
    public static ProtocolVersion negotiated(String requested) {
        return ProtocolVersion.of(requested)
                .filter(ProtocolVersion::isOfStreamableHttp)
                .filter(version -> !version.isStateless())
                .orElse(ProtocolVersion.NEWEST_WITH_SESSIONS);
    }

    /** Of a session that its client initialized before the server was started again. */
    public static Initialization restored(ProtocolVersion revision, ClientRevision client, JsonObject capabilities) {
        Initialization of = new Initialization(requested -> revision);
        of.revision = revision;
        of.client = client;
        of.capabilities = capabilities;
        of.done = true;
        of.restored = true;
        return of;
    }

    /** Of a request that says everything itself. */
    public static Initialization ofRequest(ProtocolVersion revision, RequestMeta meta) {
        Initialization of = new Initialization(requested -> revision);
        of.revision = revision;
        of.capabilities = meta.clientCapabilities();
        of.client = ClientRevision.of(revision);
        of.logLevel = meta.logLevel();
        of.done = true;
        return of;
    }

    /** False, and nothing changes, if the client has initialized before. */
    public synchronized boolean complete(InitializeRequest request) {
        if (done) {
            return false;
        }
        revision = negotiation.apply(request.protocolVersion());
        capabilities = request.capabilities();
        client = request.client();
        done = true;
        return true;
    }

    /** Whether the client initialized before the server was started again. */
    public boolean isRestored() {
        return restored;
    }

    /** Whether the client expects messages: it has initialized, or sends requests without that. */
    public boolean isInUse() {
        return done || assumed;
    }

    /**
     * The client sends requests without {@code initialize}, as a client does that opens its stream again after a restart
     * of the server. It gets the revision of the transport, and has no capabilities. It may still initialize. The answers
     * have every optional member: a client that got the schema of an output before the restart refuses an answer without
     * structured content, and a client that does not know a member passes over it.
     */
    public synchronized void assume() {
        if (!done) {
            client = ClientRevision.of(ProtocolVersion.NEWEST_WITH_SESSIONS);
            assumed = true;
        }
    }

    /** The revision in use; the oldest one before the client has initialized. */
    public ProtocolVersion revision() {
        return revision;
    }

    /** The client's capabilities, unchanged. */
    public JsonObject capabilities() {
        return capabilities;
    }

    /** The least severe log messages that the client wants; empty if it wants none. */
    public Optional<LogLevel> logLevel() {
        return logLevel;
    }

    /** The client wants log messages of this level and above. */
    public void logFrom(LogLevel level) {
        logLevel = Optional.of(level);
    }

    /** The newest revision that the client supports; the oldest one before the client has initialized. */
    public ClientRevision client() {
        return client;
    }
}
