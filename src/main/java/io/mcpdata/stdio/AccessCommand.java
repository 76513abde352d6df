package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "access",
        description = {
            "Show which persona a caller of a running server has and why, what exists for it, and which rule decides.",
            "Without --role, --key-id and --token-file it is about your own key, which needs the permission personas:read."
        },
        footer = {"", "Example:", "  mcp-data-platform access --role analyst --tool sql_query --connection warehouse"})
final class AccessCommand implements Runnable {

    /** Whose access, in at most one form. */
    static final class Subject {
        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "A caller with this role; give the option once for each.")
        private @Nullable List<String> roles;

        @Option(
                names = "--key-id",
                paramLabel = "KEY_ID",
                converter = KeyIdArgument.class,
                description = "The key with this key id, from 'keys list'.")
        private @Nullable String keyId;

        @Option(
                names = "--token-file",
                paramLabel = "FILE",
                description = "The single-sign-on token in this file; the server checks it without a login.")
        private @Nullable Path token;
    }

    private final Terminal terminal;

    @ArgGroup
    private @Nullable Subject subject;

    @Option(names = "--tool", paramLabel = "NAME", description = "Decide on this tool; may be repeated.")
    private List<String> tools = List.of();

    @Option(names = "--connection", paramLabel = "NAME", description = "Decide on this connection; may be repeated.")
    private List<String> connections = List.of();

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Decide on this table, CONNECTION/SCHEMA.TABLE; may be repeated.")
    private List<String> tables = List.of();

    @Option(names = "--resource", paramLabel = "URI", description = "Decide on this resource; may be repeated.")
    private List<String> resources = List.of();

    @Option(names = "--prompt", paramLabel = "NAME", description = "Decide on this prompt; may be repeated.")
    private List<String> prompts = List.of();

    @Option(names = "--skill", paramLabel = "NAME", description = "Decide on this skill; may be repeated.")
    private List<String> skills = List.of();

    @Option(names = "--json", description = "Print the server's answer instead of a table.")
    private boolean json;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    AccessCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        JsonObject access = server.access(terminal).ask(question());
        if (json) {
            terminal.out().println(Json.pretty(access));
            return;
        }
        TextTable facts = new TextTable("ACCESS", "");
        fact(facts, "refused", JsonMembers.text(access, "refused"));
        fact(facts, "roles", JsonMembers.list(access, "roles"));
        fact(facts, "persona", JsonMembers.text(access, "persona"));
        fact(facts, "why", JsonMembers.text(access, "why"));
        for (String list : List.of("permissions", "tools", "connections", "resources", "prompts", "skills")) {
            fact(facts, list, JsonMembers.list(access, list));
        }
        facts.lines().forEach(terminal.out()::println);
        decisions(access);
    }

    private void decisions(JsonObject access) {
        TextTable table = new TextTable("KIND", "NAME", "ALLOWED", "RULE");
        boolean any = false;
        for (JsonElement entry : JsonMembers.items(access, "decisions")) {
            JsonObject decision = entry.getAsJsonObject();
            boolean missing = JsonMembers.text(decision, "exists").equals("false");
            table.row(
                    JsonMembers.text(decision, "kind"),
                    JsonMembers.text(decision, "name"),
                    JsonMembers.text(decision, "allowed").equals("true") ? "yes" : "no",
                    (missing ? "does not exist; " : "") + JsonMembers.text(decision, "rule"));
            any = true;
        }
        if (any) {
            terminal.out().println();
            table.lines().forEach(terminal.out()::println);
        }
    }

    private JsonObject question() {
        JsonObject question = new JsonObject();
        if (subject != null && subject.roles != null) {
            question.add("roles", Json.list(subject.roles));
        }
        if (subject != null && subject.keyId != null) {
            question.addProperty("key_id", subject.keyId);
        }
        if (subject != null && subject.token != null) {
            question.addProperty("token", content(subject.token));
        }
        add(question, "tools", tools);
        add(question, "connections", connections);
        add(question, "tables", tables);
        add(question, "resources", resources);
        add(question, "prompts", prompts);
        add(question, "skills", skills);
        return question;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw CommandFailed.usage(
                    "--token-file: " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static void add(JsonObject question, String member, List<String> names) {
        if (!names.isEmpty()) {
            question.add(member, Json.list(names));
        }
    }

    private static void fact(TextTable table, String name, String value) {
        if (!value.isEmpty()) {
            table.row(name, value);
        }
    }
}
