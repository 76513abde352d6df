package io.mcpdata.stdio;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of the one stream that is open or being opened. Confined to the bridge's thread. */
final class BridgeConnection {

    private final PlatformStream stream;
    private final EventStreamParser events = new EventStreamParser();
    private final Instant since;
    private Instant lastHeard;
    private @Nullable URI endpoint;
    private boolean openerTaken;
    private boolean openerAnswered;
    private boolean ready;

    BridgeConnection(PlatformStream stream, Instant now) {
        this.stream = stream;
        this.since = now;
        this.lastHeard = now;
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
        return now.isAfter(lastHeard.plus(limit));
    }

    boolean olderThan(Duration age, Instant now) {
        return now.isAfter(since.plus(age));
    }

    void close() {
        stream.close();
    }
}
