package io.mcpdata.stdio;

import java.time.Duration;

/**
 * How long the bridge waits.
 *
 * @param request how long a request waits for a server that does not accept it
 * @param silence how long a stream may be silent, heartbeats included, before it counts as dead
 * @param opening how long a stream may take until the client can use the server
 * @param parting how long the bridge waits for responses after the client has closed its input
 */
record BridgeTimes(Duration request, Duration silence, Duration opening, Duration parting) {

    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(60);
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    static BridgeTimes of(Duration request, Duration heartbeat) {
        Duration silence = heartbeat.multipliedBy(4);
        return new BridgeTimes(
                request, silence.compareTo(SHORTEST_SILENCE) > 0 ? silence : SHORTEST_SILENCE, A_WHILE, A_WHILE);
    }
}
