package io.mcpdata.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for what a test starts: free now, and very likely when it is bound, which may be half a minute later. */
public final class FreePort {

    /** Systems give higher ones to outgoing connections, which are thousands while several servers are tested at a time. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 100;

    private FreePort() {}

    public static int next() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException(
                TRIES + " ports between " + FIRST + " and " + LAST + " were tried, and each is in use");
    }
}
