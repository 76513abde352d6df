package io.mcpdata.http;

import io.mcpdata.http.RequestBodyLimits.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that may arrive slowly, but only for a limited time. It takes a place before the first read that
 * could block, and leaves the place at the end of the body or when closed, whichever comes first. A refusal is thrown
 * out of a read, as the answer of the request. Once refused or closed, it never blocks again. Belongs to one thread.
 */
final class LimitedBody extends FilterInputStream {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long BYTES_A_SECOND = 65_536;

    private final HttpServletRequest request;
    private final String caller;
    private final RequestBodyLimits limits;
    private final LongSupplier nanos;
    private final long length;
    private final boolean hidesItsEnd;
    private @Nullable RuntimeException refusal;
    private boolean begun;
    private boolean holdsPlace;
    private boolean closed;
    private long beganAt;
    private long read;

    /**
     * What the head of the request says of its body.
     *
     * @param bytes negative if unknown
     * @param endsHidden {@link RequestBodyDrain#hidesItsEnd}
     */
    record Length(long bytes, boolean endsHidden) {}

    /**
     * @param request used only if the body is refused or cut
     * @param nanos a clock such as {@link System#nanoTime()}
     */
    LimitedBody(
            InputStream body,
            Length length,
            HttpServletRequest request,
            String caller,
            RequestBodyLimits limits,
            LongSupplier nanos) {
        super(body);
        this.request = request;
        this.caller = caller;
        this.limits = limits;
        this.nanos = nanos;
        this.length = length.bytes();
        this.hidesItsEnd = length.endsHidden();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        begin();
        if (read == length && hidesItsEnd) {
            return -1;
        }
        int count;
        try {
            count = in.read(buffer, offset, hidesItsEnd ? (int) Math.min(most, length - read) : most);
        } catch (IOException e) {
            close();
            RequestBodyDrain.markCut(request);
            Disconnects.count();
            throw e;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        if (count < 0) {
            release();
            return count;
        }
        read += count;
        if (read == length) {
            release();
        } else if (nanos.getAsLong() - beganAt > allowed()) {
            throw refuse(Refusal.TOO_SLOW);
        } else if (limits.areOver()) {
            throw refuse(Refusal.ENDING);
        }
        return count;
    }

    /** Bytes that have been read. */
    long consumed() {
        return read;
    }

    /** Skips and marks nothing, so that every byte is counted. */
    @Override
    public long skip(long count) {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the place; the server closes the body itself. */
    @Override
    public void close() {
        closed = true;
        release();
    }

    private void begin() throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (closed) {
            throw new IOException("the body is closed");
        }
        if (begun) {
            return;
        }
        if (length != 0 && (length < 0 || available() < length)) {
            Optional<Refusal> none = limits.take(caller);
            if (none.isPresent()) {
                throw refuse(none.get());
            }
            holdsPlace = true;
        }
        // the client's time does not include the wait for a place
        beganAt = nanos.getAsLong();
        begun = true;
    }

    /** Answers without waiting for the rest of the body, so the connection cannot be used again. */
    private RuntimeException refuse(Refusal why) {
        release();
        refusal = new WebApplicationException(why.problem(RequestId.of(request))
                .retryResponse()
                .header("Connection", "close")
                .build());
        return refusal;
    }

    private void release() {
        if (holdsPlace) {
            holdsPlace = false;
            limits.release(caller);
        }
    }

    private long allowed() {
        return PATIENCE.plusSeconds(read / BYTES_A_SECOND).toNanos();
    }
}
