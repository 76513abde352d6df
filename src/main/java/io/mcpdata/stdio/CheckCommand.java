package io.mcpdata.stdio;

import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.PlatformConfigReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Check a platform.yaml as the server will: every error and warning at once, and what each key leads to.",
            "Variables are taken from this process's environment unless --env-file names another. No value is ever"
                    + " printed."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The server accepts the file, and the key asked about is in it.",
            "1:Errors; or warnings with --strict; or no entry has the key asked about.",
            "2:The command was called in a way that cannot work."
        },
        footer = {
            "",
            "Examples:",
            "  mcp-data-platform check --strict --env-file production.env platform.yaml",
            "  printf %%s \"$MCP_API_KEY\" | mcp-data-platform check --key-stdin platform.yaml"
        })
final class CheckCommand implements Callable<Integer> {

    static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{12}");
    private static final int LONGEST_KEY = 8192;

    /** The format of a report. */
    enum Format {
        TEXT,
        JSON
    }

    /** The key in question, in at most one form. */
    static final class AskedKey {
        @Option(
                names = "--key-id",
                paramLabel = "ID",
                description = "Tell which entry has this key id, as it stands in a log or audit row.")
        private @Nullable String id;

        @Option(
                names = "--key-stdin",
                description = "Read a key from standard input and tell which entry it belongs to, without showing it.")
        @SuppressWarnings("UnusedVariable") // the other option is that no id is given
        private boolean fromStdin;
    }

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "The platform.yaml to check.")
    private Path file;

    @Option(names = "--strict", description = "Fail on warnings, too.")
    private boolean strict;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text for humans (the default), json for programs.")
    private Format format = Format.TEXT;

    @Option(
            names = "--env-file",
            paramLabel = "ENV",
            description = "Take variables from this file of NAME=value lines, such as the server's environment file.")
    private @Nullable Path environmentFile;

    @ArgGroup
    private @Nullable AskedKey asked;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Variables variables =
                environmentFile == null ? new Variables(terminal.environment()) : Variables.ofFile(environmentFile);
        ConfigReading reading = new PlatformConfigReader(variables.orOfServers()::lookUp).read(file);
        CheckReport report = CheckReport.of(
                String.valueOf(file.getFileName()), reading, terminal.clock().instant());
        if (asked != null) {
            report = answered(report, asked);
        }
        print(report);
        return report.passes(strict) ? 0 : CommandFailed.FAILURE;
    }

    private CheckReport answered(CheckReport report, AskedKey about) {
        if (!report.valid()) {
            return report;
        }
        if (about.id == null) {
            return report.answering(KeyLookup.aboutKey(keyFromStdin(), report.keys()));
        }
        if (!KEY_ID.matcher(about.id).matches()) {
            throw CommandFailed.usage("--key-id: expected the 12 hexadecimal digits of a key id, not a key");
        }
        return report.answering(KeyLookup.aboutId(about.id, report.keys()));
    }

    private String keyFromStdin() {
        try {
            byte[] given = terminal.in().readNBytes(LONGEST_KEY);
            // the shell adds the line end at the end of the input; everything else is kept unchanged
            return new String(given, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        } catch (IOException e) {
            throw new CommandFailed("no key could be read from standard input");
        }
    }

    private void print(CheckReport report) {
        if (format == Format.JSON) {
            terminal.out().println(CheckJson.of(report, strict));
        } else {
            new CheckText(terminal.out()).print(report);
        }
    }
}
