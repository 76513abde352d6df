package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import io.mcpdata.audit.chain.ChainCopy;
import io.mcpdata.audit.chain.ChainCopy.Copied;
import io.mcpdata.audit.chain.PublicSigningKey;
import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.DatabaseConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.store.CopyTarget;
import io.mcpdata.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "copy",
        description = {
            "Copy the embedded store of a stopped server, or a backup of one, into the empty PostgreSQL database that the"
                    + " section database of a platform.yaml names: keys made at run time with their revocations and last"
                    + " use, and all audit rows with their hashes.",
            "The audit rows are verified before and after. They become those of one more server, and audit.signing_key"
                    + " signs them. The copy is made as a whole or not at all; the store stays as it is."
        },
        footer = {
            "",
            "Example:",
            "  mcp-data-platform store copy --data-dir /var/lib/mcp-data-platform --config platform.yaml \\",
            "      --env-file server.env"
        })
final class StoreCopyCommand implements Runnable {

    /** The others are for the server, and their variables and files may be missing here. */
    private static final Set<String> KEYS = Set.of("database", "audit.signing_key");

    private static final String PUBLIC_KEY = "audit-signing.pub";

    /** Kept here: a logger that nothing refers to loses its level. */
    private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

    /** What is copied: exactly one of them. */
    static final class Source {
        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "Copy the store in this data directory (server.data_dir) of a stopped server.")
        private @Nullable Path dataDirectory;

        @Option(names = "--backup", paramLabel = "FILE", description = "Copy this backup, which 'store backup' made.")
        private @Nullable Path backup;
    }

    private final Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            required = true,
            description = "The platform.yaml of the servers that will use the database: with database.url and"
                    + " audit.signing_key.")
    private Path file;

    @Option(
            names = "--env-file",
            paramLabel = "ENV",
            description = "Take variables from this file of NAME=value lines, such as the server's environment file.")
    private @Nullable Path environmentFile;

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "The key that verifies the store's signatures; without it, audit-signing.pub in --data-dir.")
    private @Nullable Path publicKey;

    @Option(
            names = "--writer",
            paramLabel = "NAME",
            defaultValue = "embedded",
            description = "The name of the server to which the copied rows belong; ${DEFAULT-VALUE} if not given. No"
                    + " database.instance should have it.")
    private String writer;

    @Option(
            names = "--keys-only",
            description =
                    "Copy the keys without the audit rows, for a trail that cannot be verified: keep the store then.")
    private boolean keysOnly;

    StoreCopyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        if (!DatabaseConfig.isName(writer)) {
            throw CommandFailed.usage(
                    "--writer: expected 1 to 64 letters, digits, '.', '_' and '-', with a letter or digit"
                            + " at both ends");
        }
        MIGRATIONS.setLevel(Level.SEVERE);
        PlatformConfig config = config();
        DatabaseConfig database = config.database()
                .orElseThrow(() -> new CommandFailed(
                        file + " has no section database; expected database.url and audit.signing_key"));
        try (StoredAudit stored = open()) {
            CopyTarget target = CopyTarget.open(database);
            if (!keysOnly) {
                verify(stored);
            }
            copy(stored, target, config);
        } catch (StoreUnavailableException | ChainCopy.CopyDiffers e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private PlatformConfig config() {
        Variables variables =
                environmentFile == null ? new Variables(terminal.environment()) : Variables.ofFile(environmentFile);
        ConfigReading reading = new PlatformConfigReader(variables::lookUp).readOnly(file.toAbsolutePath(), KEYS);
        return reading.config()
                .orElseThrow(
                        () -> new CommandFailed(String.valueOf(reading.errors().get(0))));
    }

    private StoredAudit open() {
        Optional<Path> key = Optional.ofNullable(publicKey);
        if (source.backup != null) {
            return StoredAudit.ofBackup(source.backup, key, terminal.clock());
        }
        Path directory = directory().orElseThrow();
        if (!Files.isDirectory(directory)) {
            throw CommandFailed.usage("--data-dir " + directory + ": there is no directory "
                    + directory.toAbsolutePath().normalize());
        }
        return StoredAudit.ofDirectory(directory, key, terminal.clock());
    }

    private Optional<Path> directory() {
        return Optional.ofNullable(source.dataDirectory);
    }

    private static void verify(StoredAudit stored) {
        JsonObject answer = stored.verify(Map.of());
        if (!JsonMembers.text(answer, "result").equals("verified")) {
            throw new CommandFailed("nothing was copied: "
                    + AuditVerifyCommand.broken(answer, AuditVerifyCommand.number(answer, "rows"))
                    + ". See \"When the verification fails\" on the page Operate; --keys-only copies the keys alone");
        }
    }

    private void copy(StoredAudit stored, CopyTarget target, PlatformConfig config) {
        AtomicReference<@Nullable Copied> rows = new AtomicReference<>();
        int keys = target.take(stored.store(), handle -> {
            if (!keysOnly) {
                String signingKey = config.audit().signingKey().orElseThrow().reveal();
                rows.set(new ChainCopy(stored.reads(), writer, signingKey)
                        .into(handle, terminal.clock().instant()));
            }
        });
        Copied copied = rows.get();
        say("Copied " + keys + " keys"
                + (copied == null
                        ? ", and no audit rows."
                        : " and " + copied.rows() + " audit rows, up to " + copied.last() + ", as those of the server "
                                + writer + "."));
        say(retired() + " Keep the store until the first server has started with the database.");
    }

    /** A server whose data directory has the key would report a chain that begins again as a break. */
    private String retired() {
        Optional<Path> former = directory().map(known -> known.resolve(PUBLIC_KEY));
        if (former.isPresent()) {
            try {
                String pem = Files.readString(former.get(), StandardCharsets.US_ASCII);
                Path kept = former.get()
                        .resolveSibling(
                                "audit-signing-" + PublicSigningKey.ofPem(pem).id() + ".pub");
                Files.move(former.get(), kept);
                return former.get() + " is " + kept.getFileName()
                        + " now: keep it, it verifies the store and its backups.";
            } catch (IOException | IllegalArgumentException e) {
                // told below
            }
        }
        return "Before a server starts with the database, move " + PUBLIC_KEY
                + " out of its data directory, and keep it: it verifies the store and its backups.";
    }

    private void say(String line) {
        terminal.err().println(line);
    }
}
