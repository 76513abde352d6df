package io.mcpdata.events;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest rows of the audit trail, without a gap between the first and the last, for all watchers. Bounded in rows
 * and in characters. Thread-safe.
 */
final class RecentRows {

    private final int mostRows;
    private final long mostCharacters;
    private final TreeMap<Long, RowEvent> rows = new TreeMap<>();
    private long characters;

    /** Rows up to this number are not here any more. */
    private long begin;

    private long end;

    RecentRows(int mostRows, long mostCharacters) {
        this.mostRows = mostRows;
        this.mostCharacters = mostCharacters;
    }

    /** Forgets every row; the next one is the first after this number. */
    synchronized void restart(long after) {
        rows.clear();
        characters = 0;
        begin = after;
        end = after;
    }

    /** The number up to which rows were added. */
    synchronized long end() {
        return end;
    }

    /** Adds what follows on this number. Ignored if that is not the end any more: another reader was faster. */
    synchronized void add(long after, RowPage page) {
        if (after != end) {
            return;
        }
        for (RowEvent row : page.rows()) {
            rows.put(row.id(), row);
            characters += row.characters();
        }
        end = page.end();
        while (rows.size() > mostRows || characters > mostCharacters) {
            RowEvent oldest = rows.pollFirstEntry().getValue();
            characters -= oldest.characters();
            begin = oldest.id();
        }
    }

    /** The rows after this number, as many at most; empty if some of them are not here any more. */
    synchronized Optional<RowPage> after(long number, int most) {
        if (number < begin) {
            return Optional.empty();
        }
        List<RowEvent> found =
                rows.tailMap(number, false).values().stream().limit(most).toList();
        boolean toTheEnd = found.size() < most;
        return Optional.of(new RowPage(
                found, toTheEnd ? Math.max(number, end) : found.get(most - 1).id()));
    }
}
