package io.mcpdata.audit.query;

import java.util.List;
import java.util.Optional;

/**
 * Some rows, newest first. Immutable.
 *
 * @param next where the search continues; empty if there are no more rows. A page may have fewer rows than asked for, or
 *     none, and still have a next one: then the search took too long for one page
 */
public record AuditPage(List<AuditRow> rows, Optional<AuditPosition> next) {

    public AuditPage {
        rows = List.copyOf(rows);
    }
}
