package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.mcpdata.authentication.apikey.KeyFormat;

/** Shows a key that a server made, the one time it can be shown. */
final class NewKey {

    private final Terminal terminal;
    private final OutputOptions options;

    NewKey(Terminal terminal, OutputOptions options) {
        this.terminal = terminal;
        this.options = options;
    }

    void show(JsonObject created) {
        String key = JsonMembers.text(created, "key");
        if (!KeyFormat.checksumHolds(key)) {
            throw new CommandFailed("the server made a key, but its answer holds none; revoke what 'keys list' shows");
        }
        if (options.quiet()) {
            terminal.out().println(key);
        } else if (options.json()) {
            terminal.out().println(Json.pretty(created));
        } else {
            terminal.out().println("Key (shown once):  " + key);
            line("Key id", created, "key_id");
            line("Name", created, "name");
            terminal.out().println("Roles:             " + Printable.of(JsonMembers.list(created, "roles")));
            line("Expires", created, "expires_at");
        }
    }

    private void line(String label, JsonObject created, String member) {
        JsonElement value = created.get(member);
        if (value != null && value.isJsonPrimitive()) {
            String start = label + ":" + " ".repeat(18 - label.length());
            terminal.out().println(start + Printable.of(value.getAsString()));
        }
    }
}
