package io.mcpdata.admin;

import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditPosition;
import io.mcpdata.gateway.Seal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cursors of pages of the audit trail. A cursor is sealed for its caller and its filters, and keeps the times that {@code
 * since} and {@code until} had on the first page. It is valid until the server ends, or as long as its seal. Thread-safe.
 */
final class AuditCursors {

    static final String PARAMETER = "cursor";
    static final String LIMIT = "limit";

    private static final String EXPECTED =
            "the next_cursor of a page with the same filters, from this run of the server; begin again without a cursor";
    private static final String NONE = "-";

    private final Seal seal;

    AuditCursors(Seal seal) {
        this.seal = seal;
    }

    /**
     * Where a listing stands.
     *
     * @param newest the newest row when the listing began
     * @param after the last row that was looked at; empty before the first page
     */
    record Place(AuditFilter filter, long newest, Optional<AuditPosition> after) {}

    /** The place that the cursor names; empty without a cursor, and if it is wrong, which is a problem then. */
    Optional<Place> place(QueryParameters parameters, String identity, AuditFilter filter) {
        return parameters.value(PARAMETER, EXPECTED, cursor -> {
            String[] parts = seal.open(purpose(parameters, identity), cursor)
                    .orElseThrow(IllegalArgumentException::new)
                    .split(" ");
            AuditFilter asAtFirst = new AuditFilter(time(parts[1]), time(parts[2]), filter.values(), filter.text());
            return new Place(
                    asAtFirst,
                    Long.parseLong(parts[0]),
                    Optional.of(new AuditPosition(Instant.parse(parts[3]), Long.parseLong(parts[4]))));
        });
    }

    String cursor(QueryParameters parameters, String identity, Place place, AuditPosition next) {
        return seal.seal(
                purpose(parameters, identity),
                place.newest() + " " + text(place.filter().since()) + " "
                        + text(place.filter().until()) + " " + next.time() + " " + next.id());
    }

    private static String purpose(QueryParameters parameters, String identity) {
        Map<String, String> filters = new TreeMap<>(parameters.given());
        filters.remove(PARAMETER);
        filters.remove(LIMIT);
        return "audit " + identity + " " + filters;
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(NONE);
    }

    private static Optional<Instant> time(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(Instant.parse(text));
    }
}
