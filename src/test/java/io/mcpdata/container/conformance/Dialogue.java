package io.mcpdata.container.conformance;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** The messages of one session, or of one request without a session. Thread-safe. */
final class Dialogue {

    private static final String INITIALIZE = "initialize";
    private static final String PING = "ping";
    private static final String NEWEST_WITH_SESSIONS =
            RevisionSchema.WITH_SESSIONS.get(RevisionSchema.WITH_SESSIONS.size() - 1);

    private static final int LONGEST_QUOTE = 4_000;
    private static final Map<String, LongAdder> CHECKED = new ConcurrentHashMap<>();

    private final Map<String, List<String>> methods = new ConcurrentHashMap<>();
    private final boolean mayLackInitialize;
    private volatile boolean initialized;
    private volatile String revision;
    private volatile String known;

    Dialogue(String revision) {
        this(revision, false);
    }

    private Dialogue(String revision, boolean mayLackInitialize) {
        this.revision = revision;
        this.known = revision;
        this.mayLackInitialize = mayLackInitialize;
    }

    /** Of {@code /sse}, where a client may continue without {@code initialize} after a restart of the server. */
    static Dialogue ofSse(String revision) {
        return new Dialogue(revision, true);
    }

    /** How many messages were checked, by revision. */
    static Map<String, Long> checked() {
        Map<String, Long> counts = new TreeMap<>();
        CHECKED.forEach((name, count) -> counts.put(name, count.sum()));
        return counts;
    }

    /** Remembers what a request has asked for; anything else is for the platform alone. */
    void sent(JsonValue message) {
        if (message instanceof JsonArray batch) {
            batch.forEach(this::sent);
        } else if (message instanceof JsonObject request
                && request.get("method") instanceof JsonString method
                && request.containsKey("id")) {
            methods.computeIfAbsent(id(request), unknown -> new CopyOnWriteArrayList<>())
                    .add(method.getString());
            if (method.getString().equals(INITIALIZE)) {
                initialized = true;
                know(Members.text(request, "params", "protocolVersion"));
            } else if (mayLackInitialize && !initialized && !method.getString().equals(PING)) {
                // before the restart it may have named the newest revision with sessions
                know(NEWEST_WITH_SESSIONS);
            }
        }
    }

    /** Fails with the faults of what the platform has sent: a message, or a batch of them. */
    void received(String text) {
        JsonValue value = parsed(text);
        if (value instanceof JsonArray batch) {
            batch.forEach(this::check);
        } else {
            check(value);
        }
    }

    private void check(JsonValue value) {
        if (!(value instanceof JsonObject message)) {
            throw new AssertionError("the platform has sent no MCP message but " + quoted(value));
        }
        List<String> asked = methods.getOrDefault(id(message), List.of());
        if (asked.contains(INITIALIZE)
                && RevisionSchema.REVISIONS.contains(Members.text(message, "result", "protocolVersion"))) {
            revision = Members.text(message, "result", "protocolVersion");
            know(revision);
        }
        List<String> problems = new MessageCheck(revision, known).problems(message, asked);
        if (!problems.isEmpty()) {
            throw new AssertionError("the platform has sent a message that the schema of MCP " + revision + " forbids"
                    + (asked.isEmpty() ? "" : ", in answer to " + asked) + "\n  "
                    + String.join("\n  ", problems) + "\n" + quoted(message));
        }
        CHECKED.computeIfAbsent(revision, unknown -> new LongAdder()).increment();
    }

    /** A client also understands the members of the revision that it has named, also over a transport of an older one. */
    private synchronized void know(String named) {
        for (String one : RevisionSchema.WITH_SESSIONS) {
            if (one.compareTo(named) <= 0 && one.compareTo(known) > 0) {
                known = one;
            }
        }
    }

    private static String id(JsonObject message) {
        JsonValue id = message.getOrDefault("id", JsonValue.NULL);
        // 1.0 is 1
        return id instanceof JsonNumber number && number.isIntegral() ? number.bigIntegerValue() + "" : id.toString();
    }

    private static JsonValue parsed(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (JsonException e) {
            throw new AssertionError("the platform has sent no JSON but " + text, e);
        }
    }

    private static String quoted(JsonValue value) {
        String text = value.toString();
        return text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
    }
}
