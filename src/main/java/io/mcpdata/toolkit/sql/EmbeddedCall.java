package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;

/** One statement of the calling thread on a database in this JVM. Thread-safe; closed by the thread that began it. */
final class EmbeddedCall implements EmbeddedWatch.Call {

    /**
     * Operations that keep every row until the last one, and then process all rows without checking for cancellation.
     */
    private static final Pattern COLLECTING = Pattern.compile(
            "(?i)\\b(?:over|listagg|string_agg|group_concat|array_agg|json_arrayagg|json_objectagg)\\b");

    /**
     * The memory that such a statement may allocate: more would block a CPU for too long, however large the heap is.
     */
    private static final long MOST_COLLECTED = 64L << 20;

    /**
     * The fraction of the heap for such a statement: collected values take several times as much memory when they are
     * joined.
     */
    private static final int PART_FOR_COLLECTING = 20;

    private static final int OUT_OF_MEMORY = 90108;

    private final EmbeddedWatch watch;
    private final SessionLocal session;
    private final BooleanSupplier unwanted;
    private final boolean collecting;
    private final long thread = Thread.currentThread().getId();
    private final long allocatedBefore;
    private volatile boolean cancelled;
    private volatile boolean ended;

    EmbeddedCall(EmbeddedWatch watch, SessionLocal session, String sql, BooleanSupplier unwanted) {
        this.watch = watch;
        this.session = session;
        this.unwanted = unwanted;
        this.collecting = COLLECTING.matcher(sql).find();
        this.allocatedBefore = watch.heap().allocatedBy(thread);
    }

    long allocated() {
        return watch.heap().allocatedBy(thread) - allocatedBefore;
    }

    boolean isEnded() {
        return ended;
    }

    void endIfUnwanted() {
        if (ended || unwanted.getAsBoolean()) {
            cancel();
        } else if (collecting
                && allocated() > Math.min(MOST_COLLECTED, watch.heap().most() / PART_FOR_COLLECTING)) {
            end();
        }
    }

    /** Ends the statement because it needs too much memory. */
    void end() {
        ended = true;
        cancel();
    }

    /** Cancels the session: H2 checks the statement's own flag only after it has found rows, not while it searches. */
    private void cancel() {
        cancelled = true;
        session.cancel();
    }

    @Override
    public ToolException readable(SQLException e, ToolException otherwise) {
        return ended || e.getErrorCode() == OUT_OF_MEMORY
                ? new ToolException(
                        "too_much_memory",
                        "The query was ended because it needed more memory than this server gives one query (about "
                                + (watch.share() >> 20) + " MB); aggregate or narrow it down.")
                : otherwise;
    }

    /** Clears the session's flag, which would otherwise cancel the next statement of the pooled connection. */
    @Override
    public void close() {
        watch.remove(this);
        if (cancelled) {
            session.setQueryTimeout(session.getQueryTimeout());
        }
    }
}
