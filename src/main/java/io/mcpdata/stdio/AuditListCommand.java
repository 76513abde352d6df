package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List audit rows, newest first.",
        footer = {"", "Example:", "  mcp-data-platform audit list --since 1d --outcome denied"})
final class AuditListCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final AuditFilterOptions filters = new AuditFilterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many rows, up to 1000; ${DEFAULT-VALUE} if not given.")
    private int limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Continue where the last list ended.")
    private @Nullable String cursor;

    @Option(names = "--json", description = "Print the server's answer instead of a table.")
    private boolean json;

    @Mixin
    private final AuditSourceOptions source = new AuditSourceOptions();

    AuditListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Map<String, String> parameters = filters.parameters();
        parameters.put("limit", String.valueOf(limit));
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        JsonObject page;
        try (AuditTrail audit = source.open(terminal)) {
            page = audit.list(parameters);
        }
        if (json) {
            terminal.out().println(Json.pretty(page));
            return;
        }
        TextTable table = new TextTable(
                "ID", "TIME", "TYPE", "OUTCOME", "CALLER", "PERSONA", "TOOL", "CONNECTION", "CATEGORY", "MS", "ROWS");
        for (JsonElement entry : JsonMembers.items(page, "rows")) {
            if (entry.isJsonObject()) {
                row(table, entry.getAsJsonObject());
            }
        }
        table.lines().forEach(terminal.out()::println);
        String next = JsonMembers.text(page, "next_cursor");
        if (!next.isEmpty()) {
            terminal.err()
                    .println("There may be more rows: repeat the command with --cursor " + Printable.of(next)
                            + ", or use 'audit export'.");
        }
    }

    private static void row(TextTable table, JsonObject row) {
        table.row(
                JsonMembers.text(row, "id"),
                JsonMembers.text(row, "occurred_at").replaceFirst("\\.\\d+", ""),
                JsonMembers.text(row, "type"),
                JsonMembers.text(row, "outcome"),
                orDash(JsonMembers.text(row, "caller")),
                orDash(JsonMembers.text(row, "persona")),
                orDash(JsonMembers.text(row, "tool")),
                orDash(JsonMembers.text(row, "connection")),
                orDash(JsonMembers.text(row, "category")),
                Millis.of(JsonMembers.text(row, "duration_micros")),
                orDash(JsonMembers.text(row, "row_count")));
    }

    static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
