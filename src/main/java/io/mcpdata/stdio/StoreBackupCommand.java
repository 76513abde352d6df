package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "backup",
        description = {
            "Let a running server write a copy of its store, and print the copy's path on the server's machine.",
            "Calls continue meanwhile. The copy is in the directory backups of server.data_dir; move it to another machine."
        })
final class StoreBackupCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    StoreBackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        JsonObject made = server.store(terminal).backUp();
        terminal.out().println(JsonMembers.text(made, "file"));
        terminal.err()
                .println(JsonMembers.text(made, "bytes") + " bytes, with audit rows up to "
                        + JsonMembers.text(made, "newest_audit_row") + ". SHA-256: "
                        + JsonMembers.text(made, "sha256"));
    }
}
