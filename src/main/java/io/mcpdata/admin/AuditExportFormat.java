package io.mcpdata.admin;

import io.mcpdata.audit.query.AuditJson;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The formats of an export. Each row is one line. */
enum AuditExportFormat {
    /** RFC 4180, with a header, safe for spreadsheets. */
    CSV("csv", "text/csv; charset=utf-8") {
        @Override
        String head() {
            return String.join(",", COLUMNS) + "\r\n";
        }

        @Override
        String line(AuditRow row) {
            return cells(row).map(AuditExportFormat::cell).collect(Collectors.joining(",")) + "\r\n";
        }

        @Override
        String incomplete() {
            return cell(INCOMPLETE) + ",".repeat(COLUMNS.size() - 1) + "\r\n";
        }
    },
    /** One JSON object a line. */
    JSONL("jsonl", "application/x-ndjson") {
        @Override
        String head() {
            return "";
        }

        @Override
        String line(AuditRow row) {
            return Json.write(AuditJson.row(row)) + "\n";
        }

        @Override
        String incomplete() {
            return Json.write(Json.object().add("incomplete", INCOMPLETE).build()) + "\n";
        }
    };

    /** Also looked for by the command line. */
    private static final String INCOMPLETE = "INCOMPLETE: the export failed here; rows are missing";

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
            "row_count");

    private final String label;
    private final String mediaType;

    AuditExportFormat(String label, String mediaType) {
        this.label = label;
        this.mediaType = mediaType;
    }

    /** @throws RuntimeException if there is none with this name */
    static AuditExportFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst()
                .orElseThrow();
    }

    String label() {
        return label;
    }

    String mediaType() {
        return mediaType;
    }

    abstract String head();

    abstract String line(AuditRow row);

    /** The last line of an export that failed. */
    abstract String incomplete();

    private static Stream<String> cells(AuditRow row) {
        return Stream.of(
                String.valueOf(row.id()),
                row.occurredAt().toString(),
                row.requestId(),
                row.type(),
                row.outcome(),
                row.caller(),
                row.identity(),
                row.method(),
                row.credentialId(),
                row.persona(),
                String.join(" ", row.roles()),
                row.clientAddress(),
                row.userAgent(),
                row.category(),
                row.rule(),
                row.tool(),
                row.connection(),
                row.parameters(),
                String.valueOf(row.durationMicros()),
                row.rowCount().isPresent() ? String.valueOf(row.rowCount().getAsLong()) : "");
    }

    /** A spreadsheet would execute a text that begins like a formula; the apostrophe makes it a text. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
