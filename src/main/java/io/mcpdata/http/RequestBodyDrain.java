package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * What is left of a request's body when it is refused without having been read. A client that gets its answer before it
 * has sent the body may never send it and use the connection again: the server would then take the beginning of the next
 * request for the missing body. WildFly also logs an error behind a correct answer. Thread-safe.
 */
public final class RequestBodyDrain {

    /** A larger body is not worth reading; servers close the connection behind it themselves. */
    static final int SMALL = 65_536;
    /** Few at a time, or whoever announces bodies and sends none would keep every thread of the server. */
    static final int MAY_WAIT = 4;

    private static final String CUT = "io.mcpdata.unreadBody.cut";
    private static final int AT_ONCE = 4_096;
    private static final Semaphore WAITING = new Semaphore(MAY_WAIT);

    private RequestBodyDrain() {}

    /**
     * Reads a small body to its end, and waits for it if not too many do so already and the application does not end.
     *
     * @return whether the connection can be used again; if not, the answer must close it
     */
    public static boolean drain(HttpServletRequest request) {
        return drain(request, AwaitedBodies.ofTheApplication());
    }

    static void markCut(HttpServletRequest request) {
        request.setAttribute(CUT, true);
    }

    /** Whether the rest of the body could not be read: its client has most likely left, and cannot be answered. */
    static boolean isCut(HttpServletRequest request) {
        return request.getAttribute(CUT) != null;
    }

    static boolean drain(HttpServletRequest request, AwaitedBodies awaited) {
        long length = request.getContentLengthLong();
        boolean none = length < 0 && request.getHeader("Transfer-Encoding") == null;
        if (none || length == 0 || length > SMALL) {
            return true;
        }
        try {
            InputStream body = request.getInputStream();
            return length > 0 && body.available() >= length ? readToEnd(body) : await(body, awaited);
        } catch (IOException | IllegalStateException alreadyGone) {
            // the client has left or the body was read: there is nothing to drain, and the answer is the same
            markCut(request);
            return true;
        }
    }

    private static boolean await(InputStream body, AwaitedBodies awaited) throws IOException {
        if (!awaited.enter()) {
            return false;
        }
        boolean place = WAITING.tryAcquire();
        try {
            return place && readToEnd(body);
        } finally {
            if (place) {
                WAITING.release();
            }
            awaited.leave();
        }
    }

    private static boolean readToEnd(InputStream body) throws IOException {
        byte[] buffer = new byte[AT_ONCE];
        int read = 0;
        int count = body.read(buffer, 0, AT_ONCE);
        while (count >= 0 && read <= SMALL) {
            read += count;
            count = body.read(buffer, 0, AT_ONCE);
        }
        return count < 0;
    }
}
