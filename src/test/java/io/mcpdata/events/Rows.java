package io.mcpdata.events;

import io.mcpdata.audit.query.AuditRow;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Rows for tests. */
final class Rows {

    private Rows() {}

    static RowEvent row(long id) {
        return RowEvent.of(new AuditRow(
                id,
                Instant.EPOCH,
                "r1",
                "TOOL_CALL",
                "SUCCESS",
                "etl",
                "api_key:0123456789ab",
                "api_key",
                "0123456789ab",
                "analyst",
                List.of(),
                "192.0.2.7",
                "curl/8",
                "",
                "",
                "sql_query",
                "warehouse",
                "{}",
                1,
                OptionalLong.empty(),
                ""));
    }

    static RowPage page(long first, long last) {
        return new RowPage(
                LongStream.rangeClosed(first, last).mapToObj(Rows::row).toList(), last);
    }

    static List<Long> ids(RowPage page) {
        return page.rows().stream().map(RowEvent::id).toList();
    }
}
