package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show one audit row with all its members.")
final class AuditShowCommand implements Runnable {

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "The number of the row, from 'audit list'.")
    private long id;

    @Option(names = "--json", description = "Print the server's answer instead of a table.")
    private boolean json;

    @Mixin
    private final AuditSourceOptions source = new AuditSourceOptions();

    AuditShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (id < 0) {
            throw CommandFailed.usage("ID: expected the number of a row, from 'audit list'");
        }
        JsonObject row;
        try (AuditTrail audit = source.open(terminal)) {
            row = audit.row(id);
        }
        if (json) {
            terminal.out().println(Json.pretty(row));
            return;
        }
        TextTable table = new TextTable("MEMBER", "VALUE");
        for (String member : row.keySet()) {
            String value = JsonMembers.text(row, member);
            table.row(member, AuditListCommand.orDash(value.isEmpty() ? JsonMembers.list(row, member) : value));
        }
        table.lines().forEach(terminal.out()::println);
    }
}
