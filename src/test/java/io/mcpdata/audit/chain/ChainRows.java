package io.mcpdata.audit.chain;

import static java.util.Map.entry;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rows for tests. */
public final class ChainRows {

    private ChainRows() {}

    /** A call of this tool. */
    public static ChainRow of(String tool, Instant time) {
        return new ChainRow(
                time,
                Map.ofEntries(
                        entry(TextColumn.REQUEST_ID, "r1"),
                        entry(TextColumn.TYPE, "TOOL_CALL"),
                        entry(TextColumn.OUTCOME, "SUCCESS"),
                        entry(TextColumn.CALLER, "\u65e5"),
                        entry(TextColumn.IDENTITY, "api_key:0123456789ab"),
                        entry(TextColumn.METHOD, "api_key"),
                        entry(TextColumn.CREDENTIAL_ID, "0123456789ab"),
                        entry(TextColumn.PERSONA, "analyst"),
                        entry(TextColumn.ROLES, "analyst write"),
                        entry(TextColumn.CLIENT_ADDRESS, "192.0.2.7"),
                        entry(TextColumn.USER_AGENT, "curl/8"),
                        entry(TextColumn.CATEGORY, ""),
                        entry(TextColumn.RULE, ""),
                        entry(TextColumn.TOOL, tool),
                        entry(TextColumn.CONNECTION, "warehouse"),
                        entry(TextColumn.PARAMETERS, "{}"),
                        entry(TextColumn.TRACE_ID, "")),
                1_234,
                -1);
    }

    /** Calls of these tools, now. */
    public static List<ChainRow> of(String... tools) {
        return Stream.of(tools).map(tool -> of(tool, Instant.now())).toList();
    }

    static ChainRow with(ChainRow row, TextColumn column, String value) {
        Map<TextColumn, String> texts = new EnumMap<>(row.texts());
        texts.put(column, value);
        return new ChainRow(row.time(), texts, row.durationMicros(), row.rowCount());
    }
}
