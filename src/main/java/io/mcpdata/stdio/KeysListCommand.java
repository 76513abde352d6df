package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List every key the server knows, by its key id: those of platform.yaml and those made here.")
final class KeysListCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text for humans (the default), json for programs.")
    private CheckCommand.Format format = CheckCommand.Format.TEXT;

    KeysListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        JsonObject answer = server.admin(terminal).list();
        if (format == CheckCommand.Format.JSON) {
            terminal.out().println(Json.pretty(answer));
            return;
        }
        TextTable table = new TextTable("KEY ID", "NAME", "ROLES", "SOURCE", "STATUS", "EXPIRES", "LAST USED");
        for (JsonElement entry : JsonMembers.items(answer, "keys")) {
            if (entry.isJsonObject()) {
                row(table, entry.getAsJsonObject());
            }
        }
        table.lines().forEach(terminal.out()::println);
    }

    private static void row(TextTable table, JsonObject key) {
        JsonObject used = JsonMembers.object(key, "last_used");
        String address = JsonMembers.text(used, "address");
        table.row(
                JsonMembers.text(key, "key_id"),
                JsonMembers.text(key, "name"),
                JsonMembers.list(key, "roles"),
                JsonMembers.text(key, "source"),
                JsonMembers.text(key, "status"),
                orDash(JsonMembers.seconds(key, "expires_at")),
                orDash(JsonMembers.seconds(used, "at") + (address.isEmpty() ? "" : " from " + address)));
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
