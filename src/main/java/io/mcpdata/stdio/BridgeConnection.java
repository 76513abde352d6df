package io.mcpdata.stdio;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of the one stream that is open or being opened. Confined to the bridge's thread. */
final class BridgeConnection {

    private final boolean streamable;
    private final EventStreamParser events = new EventStreamParser();
    private final Instant since;
    private PlatformStream stream;
    private boolean hears;
    private Instant lastHeard;
    private @Nullable URI endpoint;
    private boolean openerTaken;
    private boolean openerAnswered;
    private boolean ready;

    private BridgeConnection(boolean streamable, PlatformStream stream, Instant now) {
        this.streamable = streamable;
        this.stream = stream;
        this.hears = !streamable;
        this.since = now;
        this.lastHeard = now;
    }

    /** With {@code /sse}: the stream carries every message of the server. */
    static BridgeConnection sse(PlatformStream stream, Instant now) {
        return new BridgeConnection(false, stream, now);
    }

    /** With {@code /mcp}: the stream carries only what the server sends unasked. */
    static BridgeConnection streamable(PlatformStream stream, Instant now) {
        return new BridgeConnection(true, stream, now);
    }

    boolean isStreamable() {
        return streamable;
    }

    /** Replaces a stream that has ended or was not given. */
    void listensTo(PlatformStream other) {
        stream = other;
    }

    /** Whether the stream is open, and silent only if its server is gone. */
    void hears(boolean open, Instant now) {
        hears = open;
        lastHeard = now;
    }

    boolean hears() {
        return hears;
    }

    boolean is(PlatformStream other) {
        return stream == other;
    }

    EventStreamParser events() {
        return events;
    }

    void heard(Instant now) {
        lastHeard = now;
    }

    /** @throws CommandFailed if the endpoint is on another server */
    void namesEndpoint(String data) {
        endpoint = stream.endpoint(data);
    }

    /** The address for messages; null until the server has sent it. */
    @Nullable
    URI endpoint() {
        return endpoint;
    }

    void openerTaken() {
        openerTaken = true;
    }

    void openerAnswered() {
        openerAnswered = true;
    }

    /** Whether the session is open again: the response on the stream may arrive before the reply to the POST. */
    boolean openedAgain() {
        return openerTaken && openerAnswered;
    }

    /** The client's messages may be sent from now on. */
    void becomesReady() {
        ready = true;
    }

    boolean ready() {
        return ready;
    }

    boolean silentFor(Duration limit, Instant now) {
        return hears && now.isAfter(lastHeard.plus(limit));
    }

    boolean olderThan(Duration age, Instant now) {
        return now.isAfter(since.plus(age));
    }

    void close() {
        stream.close();
    }
}
