package io.mcpdata.events;

import java.util.List;

/**
 * Consecutive rows of the audit trail. Immutable.
 *
 * @param end the number up to which no row is missing; the next page begins after it
 */
record RowPage(List<RowEvent> rows, long end) {

    RowPage {
        rows = List.copyOf(rows);
    }
}
