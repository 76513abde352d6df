package io.mcpdata.stdio;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = {
            "List, show, count, export and verify audit rows: those of a running server, or with --data-dir or --backup"
                    + " those of a stopped server's store or of a backup.",
            "For a server, your own key comes from the environment variable MCP_API_KEY or --key-file, never from an argument; it"
                    + " needs the permission audit:read. Each reading is an audit row too."
        })
final class AuditCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    static CommandLine withSubcommands(Terminal terminal) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditListCommand(terminal))
                .addSubcommand(new AuditShowCommand(terminal))
                .addSubcommand(new AuditStatsCommand(terminal))
                .addSubcommand(new AuditExportCommand(terminal))
                .addSubcommand(new AuditVerifyCommand(terminal));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected one of list, show, stats, export and verify");
    }
}
