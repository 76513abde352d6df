package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads the rest of a request's body when the request is refused unread. A client that gets its answer early may never
 * send the body and use the connection again: the server would then take the beginning of the next request for the
 * missing body. WildFly also logs an error behind a correct answer. Thread-safe.
 */
public final class RequestBodyDrain {

    /** Larger bodies are not read; servers close the connection behind them. */
    static final int SMALL = 65_536;
    /** A low limit, because clients that announce bodies and send none would otherwise block every server thread. */
    static final int MAY_WAIT = 4;

    private static final String CUT = "io.mcpdata.unreadBody.cut";
    private static final int AT_ONCE = 4_096;
    private static final Semaphore WAITING = new Semaphore(MAY_WAIT);

    private RequestBodyDrain() {}

    /**
     * Reads a small body to its end. Waits for it unless too many threads already wait or the application ends.
     *
     * @return whether the connection can be used again; if not, the answer must close it
     */
    public static boolean drain(HttpServletRequest request) {
        return drain(request, AwaitedBodies.ofTheApplication());
    }

    static void markCut(HttpServletRequest request) {
        request.setAttribute(CUT, true);
    }

    /**
     * Whether the rest of the body could not be read: most likely the client has disconnected and cannot be answered.
     */
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
            // the client has disconnected or the body was read: there is nothing to drain, and the answer is the same
            markCut(request);
            return true;
        }
    }

    private static boolean await(InputStream body, AwaitedBodies awaited) throws IOException {
        if (!awaited.acquire()) {
            return false;
        }
        boolean place = WAITING.tryAcquire();
        try {
            return place && readToEnd(body);
        } finally {
            if (place) {
                WAITING.release();
            }
            awaited.release();
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
