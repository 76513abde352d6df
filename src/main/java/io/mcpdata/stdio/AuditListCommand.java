package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List audit rows, newest first; or with --follow, new rows as they are written.",
        footer = {
            "",
            "Examples:",
            "  mcp-data-platform audit list --since 1d --outcome denied",
            "  mcp-data-platform audit list --follow --outcome denied"
        })
final class AuditListCommand implements Runnable {

    private static final int LIMIT = 100;
    private static final List<String> HEADING = List.of(
            "ID", "TIME", "TYPE", "OUTCOME", "CALLER", "PERSONA", "TOOL", "CONNECTION", "CATEGORY", "MS", "ROWS");
    private static final int[] WIDTHS = {7, 20, 13, 7, 12, 10, 14, 10, 14, 5, 4};

    private final Terminal terminal;

    @Mixin
    private final AuditFilterOptions filters = new AuditFilterOptions();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows, up to 1000; 100 if not given.")
    private @Nullable Integer limit;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "Continue where the last list ended.")
    private @Nullable String cursor;

    @Option(
            names = "--follow",
            description = "Print new rows as they are written, until Ctrl-C. The key needs the permission events:read.")
    private boolean follow;

    @Option(
            names = "--json",
            description = "Print the server's answer instead of a table; with --follow, each row in one line.")
    private boolean json;

    @Mixin
    private final AuditSourceOptions source = new AuditSourceOptions();

    AuditListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Map<String, String> parameters = filters.parameters();
        if (follow) {
            follow(parameters);
            return;
        }
        parameters.put("limit", String.valueOf(limit == null ? LIMIT : limit));
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
        TextTable table = new TextTable(HEADING.toArray(String[]::new));
        for (JsonElement entry : JsonMembers.items(page, "rows")) {
            if (entry.isJsonObject()) {
                table.row(cells(entry.getAsJsonObject()).toArray(String[]::new));
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

    private void follow(Map<String, String> parameters) {
        if (limit != null || cursor != null || parameters.containsKey("since") || parameters.containsKey("until")) {
            throw CommandFailed.usage("--follow: expected none of --since, --until, --limit and --cursor");
        }
        AuditFollow following = new AuditFollow(
                source.follow(terminal),
                parameters,
                row -> {
                    terminal.out().println(json ? Json.compact(row) : line(cells(row)));
                    return !terminal.out().checkError();
                },
                note -> terminal.err().println(Printable.of(note)));
        if (!json) {
            terminal.out().println(line(HEADING));
        }
        following.run();
    }

    /** Rows that are still to come may be wider. */
    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = Printable.of(cells.get(i));
            line.append(cell)
                    .append(" ".repeat(Math.max(0, WIDTHS[i] - cell.length())))
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static List<String> cells(JsonObject row) {
        return List.of(
                JsonMembers.text(row, "id"),
                JsonMembers.seconds(row, "occurred_at"),
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
