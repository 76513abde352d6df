package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        description = {
            "Let the server make a key and show it, once.",
            "The server keeps only its digest. The key can have the roles of your own key, and no others; with the permission"
                    + " platform:admin, every role that a persona lists."
        },
        footer = {"", "Example:", "  mcp-data-platform keys create --name etl --role service --expires-in 90d"})
final class KeysCreateCommand implements Runnable {

    /** The end of the key, in at most one form. */
    static final class End {
        @Option(
                names = "--expires-in",
                paramLabel = "DURATION",
                converter = ShortDuration.class,
                description = "Let the key expire after, for example, 90d.")
        private @Nullable Duration in;

        @Option(
                names = "--expires-at",
                paramLabel = "INSTANT",
                description = "Let the key expire at, for example, 2030-01-31T00:00:00Z.")
        private @Nullable Instant at;
    }

    private final Terminal terminal;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The identity of the key.")
    private String name;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "A role of the key; give the option once for each.")
    private List<String> roles;

    @Option(names = "--description", paramLabel = "TEXT", description = "What the key is for.")
    private @Nullable String description;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Whom to ask about the key.")
    private @Nullable String email;

    @Option(
            names = "--not-before",
            paramLabel = "INSTANT",
            description = "Refuse the key before, for example, 2030-01-01T00:00:00Z.")
    private @Nullable Instant notBefore;

    @ArgGroup
    private @Nullable End end;

    @Option(
            names = "--allowed-network",
            paramLabel = "CIDR",
            description = "Accept the key only from this address or network; give the option once for each.")
    private List<String> networks = List.of();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    KeysCreateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        KeyOptions.check(name, roles);
        new NewKey(terminal, output).show(server.admin(terminal).create(wish()));
    }

    private JsonObject wish() {
        JsonObject wish = new JsonObject();
        wish.addProperty("name", name);
        wish.add("roles", Json.list(roles));
        add(wish, "description", description);
        add(wish, "email", email);
        add(wish, "not_before", notBefore);
        add(wish, "expires_at", expiry());
        if (!networks.isEmpty()) {
            wish.add("allowed_networks", Json.list(networks));
        }
        return wish;
    }

    private @Nullable Instant expiry() {
        if (end == null || end.in == null) {
            return end == null ? null : end.at;
        }
        return terminal.clock().instant().plus(end.in).truncatedTo(ChronoUnit.SECONDS);
    }

    private static void add(JsonObject wish, String member, @Nullable Object value) {
        if (value != null) {
            wish.addProperty(member, value.toString());
        }
    }
}
