package io.mcpdata.audit.query;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Audit rows as lines of RFC 4180, safe for spreadsheets. */
public final class AuditCsv {

    private static final List<String> COLUMNS = List.of(
            "id",
            "occurred_at",
            "request_id",
            "type",
            "outcome",
            "caller",
            "identity",
            "method",
            "credential_id",
            "persona",
            "roles",
            "client_address",
            "user_agent",
            "category",
            "rule",
            "tool",
            "connection",
            "parameters",
            "duration_micros",
            "row_count",
            "trace_id");

    /** The names of the columns. */
    public static final String HEAD = String.join(",", COLUMNS) + "\r\n";

    private AuditCsv() {}

    public static String line(AuditRow row) {
        return row.members().values().stream()
                        .map(AuditCsv::text)
                        .map(AuditCsv::cell)
                        .collect(Collectors.joining(",")) + "\r\n";
    }

    /** A line with this text in its first field, and no other. */
    public static String line(String first) {
        return cell(first) + ",".repeat(COLUMNS.size() - 1) + "\r\n";
    }

    private static String text(@Nullable Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
        return value == null ? "" : value.toString();
    }

    /** A spreadsheet would execute a text that begins like a formula; the apostrophe makes it a text. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
