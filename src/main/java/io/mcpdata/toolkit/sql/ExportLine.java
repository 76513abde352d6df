package io.mcpdata.toolkit.sql;

import jakarta.json.JsonValue;

/** Rows as lines of a format. Belongs to one export. */
interface ExportLine {

    /** What stands before the first row. */
    String head();

    /** The row with its line end. */
    String of(JsonValue[] row);
}
