package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.h2.engine.SessionLocal;

/** One statement of the calling thread on a database in this JVM. Thread-safe; closed by the thread that began it. */
final class EmbeddedCall implements EmbeddedWatch.Call {

    /** What keeps every row until the last one, and then works on all of them without a look at cancellation. */
    private static final Pattern COLLECTING = Pattern.compile(
            "(?i)\\b(?:over|listagg|string_agg|group_concat|array_agg|json_arrayagg|json_objectagg)\\b");

    /** What such a statement may allocate: more would keep a CPU busy for too long, however large the heap is. */
    private static final long MOST_COLLECTED = 64L << 20;

    /** Of the heap: what is collected takes several times as much when it is joined. */
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

    /** Ends it because it needs too much memory. */
    void end() {
        ended = true;
        cancel();
    }

    /** By the session: H2 looks at the statement's own mark only when it has found rows, not while it looks for some. */
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

    /** Takes the mark off the session again: it would end the next statement of the pooled connection. */
    @Override
    public void close() {
        watch.remove(this);
        if (cancelled) {
            session.setQueryTimeout(session.getQueryTimeout());
        }
    }
}
