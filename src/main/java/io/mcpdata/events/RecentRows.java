package io.mcpdata.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest rows of the audit trail, without a gap between the first and the last, for all watchers. Bounded in rows
 * and in characters. A thousand watchers read at once, so reading takes no lock. Thread-safe.
 */
final class RecentRows {

    /**
     * Rows in the order of their numbers.
     *
     * @param begin rows up to this number are not here any more
     * @param end the number up to which rows were added
     */
    private record Kept(long begin, long end, List<RowEvent> rows) {}

    private final int mostRows;
    private final long mostCharacters;
    private long characters;
    private volatile Kept kept = new Kept(0, 0, List.of());

    RecentRows(int mostRows, long mostCharacters) {
        this.mostRows = mostRows;
        this.mostCharacters = mostCharacters;
    }

    /** Forgets every row; the next one is the first after this number. */
    synchronized void restart(long after) {
        characters = 0;
        kept = new Kept(after, after, List.of());
    }

    /** The number up to which rows were added. */
    long end() {
        return kept.end();
    }

    /** Adds what follows on this number. Ignored if that is not the end any more: another reader was faster. */
    synchronized void add(long after, RowPage page) {
        if (after != kept.end()) {
            return;
        }
        List<RowEvent> rows = new ArrayList<>(kept.rows());
        rows.addAll(page.rows());
        for (RowEvent row : page.rows()) {
            characters += row.characters();
        }
        long begin = kept.begin();
        int gone = 0;
        while (rows.size() - gone > mostRows || characters > mostCharacters) {
            RowEvent oldest = rows.get(gone++);
            characters -= oldest.characters();
            begin = oldest.id();
        }
        kept = new Kept(begin, page.end(), List.copyOf(rows.subList(gone, rows.size())));
    }

    /** The rows after this number, as many at most; empty if some of them are not here any more. */
    Optional<RowPage> after(long number, int most) {
        Kept now = kept;
        if (number < now.begin()) {
            return Optional.empty();
        }
        int first = firstAfter(number, now.rows());
        List<RowEvent> found = now.rows().subList(first, Math.min(now.rows().size(), first + most));
        boolean toTheEnd = found.size() < most;
        return Optional.of(new RowPage(
                found,
                toTheEnd ? Math.max(number, now.end()) : found.get(most - 1).id()));
    }

    /** The place of the first row with a higher number. */
    private static int firstAfter(long number, List<RowEvent> rows) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).id() <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
