package io.mcpdata.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * What is left of a request's body when it is refused without having been read. A client that gets its answer before it
 * has sent the body may never send it and use the connection again: the server would then take the beginning of the next
 * request for the missing body. WildFly also logs an error behind a correct answer.
 */
public final class UnreadBody {

    private static final int SMALL = 65_536;
    private static final int AT_ONCE = 4_096;

    private UnreadBody() {}

    /** Reads a small body to its end; a large one is not worth reading. */
    public static void drain(InputStream body) {
        byte[] buffer = new byte[AT_ONCE];
        int read = 0;
        try {
            for (int count = 0; count >= 0 && read <= SMALL; count = body.read(buffer)) {
                read += count;
            }
        } catch (IOException | IllegalStateException alreadyGone) {
            // the client has left or the body was closed: there is nothing to drain, and the answer is the same
            return;
        }
    }
}
