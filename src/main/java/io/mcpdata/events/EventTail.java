package io.mcpdata.events;

import io.mcpdata.audit.DurableRows;
import io.mcpdata.audit.query.AuditReader;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.mcp.stream.CloseReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads new rows of the audit trail once for all watchers, and older rows for each watcher that resumes. While no
 * client watches, it reads nothing. Thread-safe.
 */
final class EventTail implements EventStream.Source {

    private static final Logger LOG = System.getLogger(EventTail.class.getName());
    private static final int BATCH = 500;
    private static final int RECENT_ROWS = 4_000;
    private static final long RECENT_CHARACTERS = 8_000_000;
    private static final int BATCHES = 4;
    private static final int WATCHERS_AT_ONCE = 25;
    private static final int MOST_GROUPS = 40;
    private static final Duration BETWEEN_GROUPS = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DurableRows rows;
    private final AuditReader reader;
    private final Executor live;
    private final Executor older;
    private final RecentRows recent;
    private final Set<EventStream> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * @param live one thread, which reads new rows
     * @param older another thread, which may have to wait for other readers of the audit trail
     */
    EventTail(DurableRows rows, AuditReader reader, Executor live, Executor older) {
        this(rows, reader, live, older, new RecentRows(RECENT_ROWS, RECENT_CHARACTERS));
    }

    EventTail(DurableRows rows, AuditReader reader, Executor live, Executor older, RecentRows recent) {
        this.rows = rows;
        this.reader = reader;
        this.live = live;
        this.older = older;
        this.recent = recent;
    }

    /** The number of the newest row. */
    long newest() {
        return rows.newest();
    }

    /** From now on, the stream gets rows. */
    void add(EventStream stream) {
        synchronized (watchers) {
            if (watchers.isEmpty()) {
                recent.restart(rows.newest());
            }
            watchers.add(stream);
        }
        if (!stream.isOpen()) {
            remove(stream);
        }
        // without the lock: the end of a stream takes its own lock first
        stream.advance();
        wake();
    }

    void remove(EventStream stream) {
        synchronized (watchers) {
            watchers.remove(stream);
            if (watchers.isEmpty()) {
                recent.restart(recent.end());
            }
        }
    }

    /** There may be new rows. Neither waits nor throws. */
    void wake() {
        if (!watchers.isEmpty() && scheduled.compareAndSet(false, true)) {
            try {
                live.execute(this::readNew);
            } catch (RejectedExecutionException e) {
                scheduled.set(false);
                LOG.log(Level.DEBUG, "no thread reads new audit rows now; the next second tries again", e);
            }
        }
    }

    /** Tries again what failed. Called every second. */
    void everySecond() {
        wake();
        watchers.forEach(EventStream::retry);
    }

    private void readNew() {
        // first, so that a row that is written meanwhile causes another run
        scheduled.set(false);
        try {
            while (!watchers.isEmpty() && readBatches()) {
                advanceAll();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "new audit rows cannot be read for their watchers; the next second tries again", e);
        }
    }

    /**
     * Gives the new rows to 25 watchers, or to a fortieth of them if they are more than 1,000, and pauses before the next
     * ones: up to 0.4 seconds in all. So watchers do not take the processors from calls, and rows that are written
     * meanwhile go to each watcher in one write.
     */
    private void advanceAll() {
        int group = Math.max(WATCHERS_AT_ONCE, watchers.size() / MOST_GROUPS);
        int advanced = 0;
        for (EventStream stream : watchers) {
            stream.advance();
            advanced++;
            if (advanced % group == 0) {
                LockSupport.parkNanos(BETWEEN_GROUPS.toNanos());
            }
        }
    }

    private boolean readBatches() {
        int read = 0;
        while (read < BATCHES && readBatch()) {
            read++;
        }
        return read > 0;
    }

    private boolean readBatch() {
        long after = recent.end();
        long newest = rows.newest();
        if (newest < after) {
            LOG.log(Level.WARNING, "the streams of audit rows end: the store has fewer rows than before");
            watchers.forEach(stream -> stream.close(CloseReason.FAILED));
            return false;
        }
        if (newest == after) {
            return false;
        }
        recent.add(after, page(reader.following(after, newest, BATCH), newest, BATCH));
        return true;
    }

    @Override
    public Optional<RowPage> recent(long after, int most) {
        return recent.after(after, most);
    }

    @Override
    public RowPage stored(long after, int most) {
        long newest = rows.newest();
        return page(reader.following(after, newest, most, PATIENCE), newest, most);
    }

    private static RowPage page(List<AuditRow> read, long newest, int most) {
        long end = read.size() < most ? newest : read.get(most - 1).id();
        return new RowPage(read.stream().map(RowEvent::of).toList(), end);
    }

    @Override
    public boolean replay(EventStream stream) {
        try {
            older.execute(() -> replayNow(stream));
            return true;
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "no thread reads older audit rows now; the next second tries again", e);
            return false;
        }
    }

    private static void replayNow(EventStream stream) {
        try {
            stream.replay();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "older audit rows cannot be read for a watcher; the next second tries again", e);
        }
    }
}
