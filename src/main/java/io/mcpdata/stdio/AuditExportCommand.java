package io.mcpdata.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
    private final ServerOptions server = new ServerOptions();

    AuditExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        Map<String, String> parameters = filters.parameters();
        parameters.put("format", format.name().toLowerCase(Locale.ROOT));
        try (InputStream rows = server.audit(terminal).export(parameters)) {
            if (file == null) {
                copy(rows, terminal.out());
            } else {
                write(rows, file);
            }
        } catch (IOException e) {
            throw new CommandFailed(BROKEN);
        }
    }

    /** The file appears when it is complete. */
    private static void write(InputStream rows, Path file) throws IOException {
        Path part = Path.of(file + ".part");
        try {
            try (OutputStream out = open(part)) {
                copy(rows, out);
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

    /** Looks at the begin of the last line, which says whether rows are missing. */
    private static void copy(InputStream rows, OutputStream out) throws IOException {
        LastLine last = new LastLine();
        byte[] buffer = new byte[64 * 1024];
        int read = rows.read(buffer);
        while (read >= 0) {
            out.write(buffer, 0, read);
            last.add(buffer, read);
            read = rows.read(buffer);
        }
        out.flush();
        String begin = last.begin();
        if (begin.startsWith("INCOMPLETE") || begin.startsWith("{\"incomplete\"")) {
            throw new CommandFailed("the export is incomplete: the server failed before its end; its log says why");
        }
    }

    /** Keeps the begin of the newest line that has characters. */
    private static final class LastLine {

        private static final int LONGEST = 32;

        private StringBuilder line = new StringBuilder();
        private String before = "";

        void add(byte[] bytes, int length) {
            int from = 0;
            for (int i = 0; i < length; i++) {
                if (bytes[i] == '\n') {
                    keep(bytes, from, i);
                    before = line.toString();
                    line = new StringBuilder();
                    from = i + 1;
                }
            }
            keep(bytes, from, length);
        }

        private void keep(byte[] bytes, int from, int to) {
            int end = Math.min(to, from + LONGEST - line.length());
            if (end > from) {
                line.append(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
            }
        }

        String begin() {
            return line.length() > 0 ? line.toString() : before;
        }
    }
}
