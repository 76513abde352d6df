package io.mcpdata.admin;

import io.mcpdata.audit.query.AuditCsv;
import io.mcpdata.audit.query.AuditJson;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.json.Json;
import java.util.Arrays;

/** The formats of an export. Each row is one line. */
enum AuditExportFormat {
    /** RFC 4180, with a header, safe for spreadsheets. */
    CSV("csv", "text/csv; charset=utf-8") {
        @Override
        String head() {
            return AuditCsv.HEAD;
        }

        @Override
        String line(AuditRow row) {
            return AuditCsv.line(row);
        }

        @Override
        String incomplete() {
            return AuditCsv.line(INCOMPLETE);
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
}
