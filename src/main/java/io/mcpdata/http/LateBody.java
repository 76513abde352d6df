package io.mcpdata.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that may arrive slowly, but only for a limited time. It takes a place before the first read that
 * could block, and leaves the place at the end of the body or when closed, whichever comes first. Once refused or
 * closed, it never blocks again. Belongs to one thread.
 */
final class LateBody extends FilterInputStream {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long BYTES_A_SECOND = 65_536;

    /**
     * What all waiting bodies share.
     *
     * @param places how many may wait
     * @param awaited the bodies that wait now
     */
    record Waiting(LateBodies places, AwaitedBodies awaited) {}

    /** Answers the request in place of the body's reader; thrown out of a read. */
    interface Refusing {
        /** The answer if asking for a place gave none. */
        RuntimeException noPlace(LateBodies.Place why);

        RuntimeException tooSlow();

        RuntimeException ending();
    }

    private final LateBodies places;
    private final AwaitedBodies awaited;
    private final String caller;
    private final long length;
    private final Refusing refusing;
    private final LongSupplier nanos;
    private @Nullable RuntimeException refusal;
    private boolean begun;
    private boolean holdsPlace;
    private boolean closed;
    private boolean cut;
    private long beganAt;
    private long read;

    /**
     * @param length what the request says its body's length is, -1 if it does not
     * @param nanos a clock such as {@link System#nanoTime()}
     */
    LateBody(InputStream body, Waiting waiting, String caller, long length, Refusing refusing, LongSupplier nanos) {
        super(body);
        this.places = waiting.places();
        this.awaited = waiting.awaited();
        this.caller = caller;
        this.length = length;
        this.refusing = refusing;
        this.nanos = nanos;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        begin();
        int count;
        try {
            count = in.read(buffer, offset, most);
        } catch (IOException e) {
            close();
            cut = true;
            Disconnects.count();
            throw new BodyCutException(e);
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
            release();
            throw refuse(refusing.tooSlow());
        } else if (awaited.areOver()) {
            release();
            throw refuse(refusing.ending());
        }
        return count;
    }

    /** Whether a read failed: the client has disconnected, or the server no longer waits. */
    boolean isCut() {
        return cut;
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
            LateBodies.Place place = places.take(caller);
            if (place != LateBodies.Place.GIVEN) {
                throw refuse(refusing.noPlace(place));
            }
            if (!awaited.acquire()) {
                places.release(caller);
                throw refuse(refusing.ending());
            }
            holdsPlace = true;
        }
        // the client's time does not include the wait for a place
        beganAt = nanos.getAsLong();
        begun = true;
    }

    private RuntimeException refuse(RuntimeException why) {
        refusal = why;
        return why;
    }

    private void release() {
        if (holdsPlace) {
            holdsPlace = false;
            awaited.release();
            places.release(caller);
        }
    }

    private long allowed() {
        return PATIENCE.plusSeconds(read / BYTES_A_SECOND).toNanos();
    }
}
