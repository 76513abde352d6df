package io.mcpdata.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rest of a request's body when the request is refused unread. A client that gets its answer early may never
 * send the body and use the connection again: the server would then take the beginning of the next request for the
 * missing body. WildFly also logs an error behind a correct answer. Thread-safe.
 */
public final class RequestBodyDrain {

    /** Larger bodies are not read; servers close the connection behind them. */
    static final int SMALL = 65_536;

    private static final String CUT = "io.mcpdata.unreadBody.cut";
    private static final int AT_ONCE = 4_096;

    private RequestBodyDrain() {}

    /**
     * Reads a small body to its end. Waits for it unless too many threads already wait or the application ends.
     *
     * @return whether the connection can be used again; if not, the answer must close it
     */
    public static boolean drain(HttpServletRequest request) {
        return drain(request, 0, RequestBodyLimits.ofTheApplication());
    }

    /** @param consumed bytes of the body that have been read already */
    static boolean drain(HttpServletRequest request, long consumed) {
        return drain(request, consumed, RequestBodyLimits.ofTheApplication());
    }

    /**
     * Whether the server waits for more at the end of the body: Payara does if the request offers another protocol, as
     * Java's own HTTP client does. The body must not be read behind its length then.
     */
    static boolean hidesItsEnd(HttpServletRequest request) {
        return hidesItsEnd(request.getContentLengthLong(), request.getHeader("Upgrade"));
    }

    /** @param length negative if unknown */
    static boolean hidesItsEnd(long length, @Nullable String upgrade) {
        return length >= 0 && upgrade != null;
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

    /** Whether an error has its cause in a body that could not be read. */
    static boolean isCut(HttpServletRequest request, Throwable error) {
        return isCut(request) && isIo(error);
    }

    private static boolean isIo(Throwable error) {
        return error instanceof IOException || error.getCause() != null && isIo(error.getCause());
    }

    static boolean drain(HttpServletRequest request, long consumed, RequestBodyLimits limits) {
        long length = request.getContentLengthLong();
        boolean none = length < 0 && request.getHeader("Transfer-Encoding") == null;
        if (none || length == consumed || length > SMALL) {
            return true;
        }
        try {
            InputStream body = request.getInputStream();
            long rest = length - consumed;
            long most = hidesItsEnd(request) ? rest : Long.MAX_VALUE;
            return length > 0 && body.available() >= rest ? readToEnd(body, most) : await(body, most, limits);
        } catch (IOException | IllegalStateException alreadyGone) {
            // the client has disconnected or the body was read: there is nothing to drain, and the answer is the same
            markCut(request);
            return true;
        }
    }

    private static boolean await(InputStream body, long most, RequestBodyLimits limits) throws IOException {
        if (!limits.takeRefused()) {
            return false;
        }
        try {
            return readToEnd(body, most);
        } finally {
            limits.leaveRefused();
        }
    }

    private static boolean readToEnd(InputStream body, long most) throws IOException {
        byte[] buffer = new byte[AT_ONCE];
        int read = 0;
        int count = 0;
        while (count >= 0 && read < most && read <= SMALL) {
            count = body.read(buffer, 0, (int) Math.min(AT_ONCE, most - read));
            read += Math.max(0, count);
        }
        return count < 0 || read >= most;
    }
}
