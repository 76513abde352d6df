package io.mcpdata.stdio;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "keygen",
        description = {
            "Make an API key: 256 random bits with a prefix that secret scanners know and a checksum.",
            "Prints the key, its SHA-256, its key id and an entry for platform.yaml. The key is shown once and kept"
                    + " nowhere. Nothing is sent to a server; see 'keys create' for keys that need no file."
        },
        footer = {
            "",
            "Examples:",
            "  mcp-data-platform keygen --name etl-service --role service --role write",
            "  export API_KEY_ADMIN=\"$(mcp-data-platform keygen --quiet)\""
        })
final class KeygenCommand implements Runnable {

    private static final String EXAMPLE_NAME = "my-service";
    private static final List<String> EXAMPLE_ROLES = List.of("viewer");

    private final Terminal terminal;

    @Option(names = "--name", paramLabel = "NAME", description = "The identity of the key, for the printed entry.")
    private @Nullable String name;

    @Option(names = "--role", paramLabel = "ROLE", description = "A role of the key; give the option once for each.")
    private List<String> roles = List.of();

    @Option(
            names = "--expires-in",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            description = "Let the entry expire after, for example, 90d.")
    private @Nullable Duration expiresIn;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the key and nothing else.")
    private boolean quiet;

    KeygenCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        KeyEntry entry = entry();
        Secret key = KeyFormat.generate(new SecureRandom());
        if (quiet) {
            terminal.out().println(key.reveal());
            return;
        }
        KeyDigest digest = KeyDigest.of(key.reveal());
        terminal.out().println("Key (shown once, kept nowhere):  " + key.reveal());
        terminal.out().println("SHA-256:                         " + digest.hex());
        terminal.out().println("Key id (logs, audit, screens):   " + digest.id());
        terminal.out().println();
        if (name == null || roles.isEmpty()) {
            terminal.out().println("# Give --name and --role to get an entry of your own.");
        }
        terminal.out().println("# platform.yaml, with the key in the server's environment as " + entry.variable());
        terminal.out().println(entry.byVariable());
        terminal.out().println("# or with its digest only, so that the server stores no key");
        terminal.out().print(entry.byDigest(digest));
    }

    private KeyEntry entry() {
        String identity = Optional.ofNullable(name).orElse(EXAMPLE_NAME);
        List<String> granted = roles.isEmpty() ? EXAMPLE_ROLES : roles;
        KeyOptions.check(identity, granted);
        Optional<Instant> expiresAt = Optional.ofNullable(expiresIn)
                .map(duration -> terminal.clock().instant().plus(duration).truncatedTo(ChronoUnit.SECONDS));
        return new KeyEntry(identity, granted, expiresAt);
    }
}
