package io.mcpdata.container.conformance;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request to {@code /mcp}, {@code /sse} or {@code /messages}, and the MCP messages in its answer. The messages of a
 * session may come in the answer to another request than the one that asked for them. Other requests are not looked at.
 */
public final class McpExchange {

    private static final String STATELESS = "2026-07-28";
    private static final String NEWEST_WITH_SESSIONS = "2025-11-25";
    /** Of a request that says none. */
    private static final String ASSUMED = "2025-03-26";

    private static final Pattern SESSION_IN_ADDRESS = Pattern.compile("[?&]sessionId=([^&]*)");
    private static final Map<String, Dialogue> SESSIONS = new ConcurrentHashMap<>();

    private final boolean isMcp;
    private volatile Dialogue dialogue;

    private McpExchange(boolean isMcp, Dialogue dialogue) {
        this.isMcp = isMcp;
        this.dialogue = dialogue;
    }

    /** How many messages were checked, by revision. */
    public static Map<String, Long> checked() {
        return Dialogue.checked();
    }

    /** Before the request is sent, because its answer may arrive on another connection at once. */
    public static McpExchange of(HttpRequest request) {
        String path = request.uri().getPath();
        if (path.endsWith("/sse") && !path.contains("/.well-known/")) {
            return new McpExchange(true, new Dialogue(RevisionSchema.REVISIONS.get(0)));
        }
        // the metadata of an endpoint has the endpoint's name at the end
        if (path.contains("/.well-known/") || !path.endsWith("/mcp") && !path.endsWith("/messages")) {
            return new McpExchange(false, new Dialogue(ASSUMED));
        }
        JsonValue message = parsed(request.bodyPublisher().map(RequestText::of).orElse(""));
        Dialogue dialogue = path.endsWith("/mcp")
                ? ofStreamableHttp(request.headers(), message)
                : ofSession(request.uri().toString());
        dialogue.sent(message);
        return new McpExchange(true, dialogue);
    }

    /** A message that a test posts to an address of {@code /sse} in another way than by an HTTP client. */
    public static void sent(String address, String message) {
        ofSession(address).sent(parsed(message));
    }

    /** The head of the answer: the session that has begun. */
    public void answered(HttpHeaders headers) {
        headers.firstValue("Mcp-Session-Id").ifPresent(session -> SESSIONS.putIfAbsent(session, dialogue));
    }

    /** The address that an event stream gives for the messages of its session. */
    public void endpoint(String address) {
        dialogue = ofSession(address);
    }

    /** Fails if this is no message that the schema of the revision in use allows. */
    public void received(String text) {
        if (isMcp) {
            dialogue.received(text);
        }
    }

    private static Dialogue ofSession(String address) {
        Matcher session = SESSION_IN_ADDRESS.matcher(address);
        String oldest = RevisionSchema.REVISIONS.get(0);
        return session.find()
                ? SESSIONS.computeIfAbsent(session.group(1), unknown -> Dialogue.ofSse(oldest))
                : Dialogue.ofSse(oldest);
    }

    private static Dialogue ofStreamableHttp(HttpHeaders headers, JsonValue message) {
        String header = headers.firstValue("MCP-Protocol-Version").orElse("");
        if (header.equals(STATELESS)
                || !Members.text(message, "params", "_meta", "io.modelcontextprotocol/protocolVersion")
                        .isEmpty()) {
            return new Dialogue(STATELESS);
        }
        Dialogue session = SESSIONS.get(headers.firstValue("Mcp-Session-Id").orElse(""));
        if (session != null) {
            return session;
        }
        if (Members.text(message, "method").equals("initialize")) {
            String wanted = Members.text(message, "params", "protocolVersion");
            return new Dialogue(RevisionSchema.REVISIONS.contains(wanted) ? wanted : NEWEST_WITH_SESSIONS);
        }
        return new Dialogue(RevisionSchema.REVISIONS.contains(header) ? header : ASSUMED);
    }

    /** Tests send broken messages on purpose. */
    private static JsonValue parsed(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (RuntimeException e) {
            // also nested too deep for the reader
            return JsonValue.NULL;
        }
    }
}
