package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stats",
        description =
                "Count calls and refusals over time, and show how long calls took; the last day if no time is given.",
        footer = {"", "Example:", "  mcp-data-platform audit stats --since 7d --interval 1d --by tool"})
final class AuditStatsCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final AuditFilterOptions filters = new AuditFilterOptions();

    @Option(
            names = "--interval",
            paramLabel = "1m|1h|1d",
            defaultValue = "1h",
            description = "The length of the times into which rows are counted; ${DEFAULT-VALUE} if not given.")
    private String interval;

    @Option(
            names = "--by",
            paramLabel = "GROUP",
            description = "Count for each tool, persona, caller, connection or outcome.")
    private @Nullable String by;

    @Option(names = "--json", description = "Print the server's answer instead of a table.")
    private boolean json;

    @Mixin
    private final AuditSourceOptions source = new AuditSourceOptions();

    AuditStatsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Map<String, String> parameters = filters.parameters();
        parameters.put("interval", interval);
        if (by != null) {
            parameters.put("by", by);
        }
        JsonObject answer;
        try (AuditTrail audit = source.open(terminal)) {
            answer = audit.stats(parameters);
        }
        if (json) {
            terminal.out().println(Json.pretty(answer));
            return;
        }
        String group = JsonMembers.text(answer, "by");
        TextTable table = new TextTable(
                "TIME",
                group.isEmpty() ? "GROUP" : group.toUpperCase(Locale.ROOT),
                "CALLS",
                "REFUSALS",
                "ERRORS",
                "P50 MS",
                "P95 MS");
        for (JsonElement entry : JsonMembers.items(answer, "figures")) {
            if (entry.isJsonObject()) {
                row(table, group, entry.getAsJsonObject());
            }
        }
        table.lines().forEach(terminal.out()::println);
    }

    private static void row(TextTable table, String group, JsonObject figures) {
        String name = JsonMembers.text(figures, "name");
        String value = JsonMembers.text(figures, group);
        table.row(
                JsonMembers.text(figures, "time"),
                AuditListCommand.orDash(name.isEmpty() ? value : name + " (" + value + ")"),
                JsonMembers.text(figures, "calls"),
                JsonMembers.text(figures, "refusals"),
                JsonMembers.text(figures, "errors"),
                Millis.of(JsonMembers.text(figures, "p50_micros")),
                Millis.of(JsonMembers.text(figures, "p95_micros")));
    }
}
