package io.mcpdata.stdio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Export audit rows as one file, newest first.",
            "The command fails if rows are missing at the end. Then there is no file; standard output has what came."
        },
        footer = {"", "Example:", "  mcp-data-platform audit export --since 30d --format csv --output audit.csv"})
final class AuditExportCommand implements Runnable {

    /** The formats of the server. */
    enum Format {
        CSV,
        JSONL
    }

    private static final String BROKEN =
            "the export is incomplete: the connection broke before its end; repeat it, or export less time";

    private final Terminal terminal;

    @Mixin
    private final AuditFilterOptions filters = new AuditFilterOptions();

    @Option(
            names = "--format",
            paramLabel = "csv|jsonl",
            defaultValue = "jsonl",
            description = "csv for spreadsheets, jsonl (one JSON object a line) for programs; ${DEFAULT-VALUE} if not"
                    + " given.")
    private Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write this file instead of standard output.")
    private @Nullable Path file;

    @Mixin
    private final AuditSourceOptions source = new AuditSourceOptions();

    AuditExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Map<String, String> parameters = filters.parameters();
        parameters.put("format", format.name().toLowerCase(Locale.ROOT));
        try (AuditTrail audit = source.open(terminal)) {
            if (file == null) {
                audit.export(parameters, terminal.out());
            } else {
                write(audit, parameters, file);
            }
        } catch (IOException e) {
            throw new CommandFailed(BROKEN);
        }
    }

    /** The file appears when it is complete. */
    private static void write(AuditTrail audit, Map<String, String> parameters, Path file) throws IOException {
        Path part = Path.of(file + ".part");
        try {
            try (OutputStream out = open(part)) {
                audit.export(parameters, out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static OutputStream open(Path part) {
        try {
            return Files.newOutputStream(part);
        } catch (IOException e) {
            throw new CommandFailed("--output: cannot write " + part.toAbsolutePath());
        }
    }
}
