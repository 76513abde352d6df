package io.mcpdata.audit.query;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;

/** Conditions of one statement, with the values that are bound to it. Lives while one statement is made. */
final class AuditConditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** Only rows that were written when the reading began; the index of the times is still used. */
    AuditConditions writtenUpTo(long newest) {
        // as id <= :newest, H2 would read by the primary key, and sort all rows
        return add("id + 0 <= :newest", "newest", newest);
    }

    /** Only rows that are older than this one. */
    AuditConditions after(AuditPosition position) {
        add("occurred_at <= :after AND (occurred_at < :after OR id < :afterId)", "after", bound(position.time()));
        values.put("afterId", position.id());
        return this;
    }

    /** Only rows down to this one, which is included. */
    AuditConditions downTo(AuditPosition position) {
        add("occurred_at >= :down AND (occurred_at > :down OR id >= :downId)", "down", bound(position.time()));
        values.put("downId", position.id());
        return this;
    }

    AuditConditions within(AuditFilter filter) {
        filter.since().ifPresent(time -> add("occurred_at >= :since", "since", bound(time)));
        filter.until().ifPresent(time -> add("occurred_at < :until", "until", bound(time)));
        return this;
    }

    /** The conditions of the filter that no index but that of the request ids helps to find. */
    AuditConditions matching(AuditFilter filter) {
        filter.values().forEach((field, value) -> add(field.column() + " = :" + field.column(), field.column(), value));
        filter.text()
                .ifPresent(
                        text -> add("POSITION(:text IN LOWER(parameters)) > 0", "text", text.toLowerCase(Locale.ROOT)));
        return this;
    }

    private AuditConditions add(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
        return this;
    }

    /** {@code WHERE ...}; empty without conditions. */
    String where() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    Query bindTo(Query query) {
        return query.bindMap(values).setQueryTimeout(ReadPermits.STATEMENT_SECONDS);
    }

    private static OffsetDateTime bound(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
