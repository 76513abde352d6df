package io.mcpdata.toolkit.sql;

import io.mcpdata.export.ExportDraft;
import io.mcpdata.export.ExportFormat;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Writes rows into an export, one after the other. Gives the limit that ended it, or an empty text. Belongs to one call. */
final class ExportRows implements RowReader<String> {

    private final ExportDraft draft;
    private final ExportFormat format;
    private final int maxRows;
    private final long maxBytes;
    private final SqlValues values = new SqlValues();
    private boolean unreadable;

    ExportRows(ExportDraft draft, ExportFormat format, int maxRows, long maxBytes) {
        this.draft = draft;
        this.format = format;
        this.maxRows = maxRows;
        this.maxBytes = maxBytes;
    }

    @Override
    public int maxRows() {
        return maxRows;
    }

    @Override
    public String read(ResultSet rows, Dialect dialect, Runnable check) throws SQLException {
        List<SqlColumn> columns = SqlColumn.all(rows.getMetaData(), dialect);
        ExportLine line = format == ExportFormat.CSV ? new CsvLine(columns) : new JsonLine(columns);
        draft.head(line.head());
        JsonValue[] row = new JsonValue[columns.size()];
        while (rows.next()) {
            check.run();
            if (draft.rows() == maxRows) {
                return "rows";
            }
            for (int i = 0; i < row.length; i++) {
                JsonValue value = values.read(rows, i + 1, columns.get(i));
                unreadable |= value == SqlValues.UNREADABLE;
                row[i] = value == SqlValues.UNREADABLE ? JsonValue.NULL : value;
            }
            byte[] text = line.of(row).getBytes(StandardCharsets.UTF_8);
            if (draft.bytes() + text.length > maxBytes) {
                return "bytes";
            }
            draft.row(text);
        }
        return values.anyCut() || unreadable ? "values" : "";
    }
}
