package io.mcpdata.stdio;

import io.mcpdata.config.ConfigReading;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PlatformConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = Main.PROGRAM,
        versionProvider = Version.class,
        description = {
            "Speak MCP on standard input and output for clients that start a program, such as Claude Code and Claude"
                    + " Desktop, and carry it to a running platform.",
            "The key comes from the environment variable MCP_API_KEY or --key-file, never from an argument. When the"
                    + " server restarts, the session is opened again without the client noticing."
        },
        footer = {
            "",
            "Examples:",
            "  mcp-data-platform --config platform.yaml",
            "  mcp-data-platform --url https://mcp.example.com"
        })
final class PlatformCommand implements Callable<Integer> {

    /** The keys of the file that a client needs. The others are for the server, and their variables are not set here. */
    private static final Set<String> KEYS = Set.of("server.public_url", "limits.heartbeat");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take the server's address from server.public_url of this platform.yaml.")
    private @Nullable Path file;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            defaultValue = "45s",
            description = "How long a request waits for a server that does not answer, such as one that restarts;"
                    + " ${DEFAULT-VALUE} if not given.")
    private Duration patience;

    @Option(
            names = "--transport",
            paramLabel = "auto|http|sse",
            converter = BridgeTransport.Converter.class,
            defaultValue = "auto",
            description = "How the server is called: http is Streamable HTTP at /mcp, sse is HTTP with Server-Sent"
                    + " Events at /sse, auto is http where the server has it, else sse. ${DEFAULT-VALUE} if not given.")
    private BridgeTransport transport;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean versionAsked;

    PlatformCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<ServerUrl> asked = server.url(terminal);
        if (file == null && asked.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected --config, --url or a command");
        }
        Optional<PlatformConfig> config = present(asked.isPresent()).map(this::read);
        ServerUrl url = asked.or(
                        () -> config.flatMap(read -> read.server().publicUrl()).map(ServerUrl::of))
                .orElse(ServerUrl.STANDARD);
        PlatformHttp http = new PlatformHttp(server.guarded(url), server.key(terminal));
        Duration heartbeat =
                config.map(PlatformConfig::limits).orElse(LimitsConfig.DEFAULT).heartbeat();
        return new Bridge(
                        transport,
                        http,
                        new ClientSide(terminal),
                        BridgeTimes.of(patience, heartbeat),
                        terminal.clock())
                .run();
    }

    /** The file; empty if it is missing and the address is given, so that it is not needed. */
    private Optional<Path> present(boolean addressGiven) {
        if (file == null || Files.exists(file)) {
            return Optional.ofNullable(file);
        }
        String missing = "--config " + file + ": there is no file " + file.toAbsolutePath();
        if (!addressGiven) {
            throw new CommandFailed(missing + "; give its full path, because clients start programs in directories of"
                    + " their own, or the address of the server with --url or MCP_DATA_PLATFORM_URL");
        }
        new ClientSide(terminal).say("warning: " + missing + "; it is not needed, because the address is given");
        return Optional.empty();
    }

    private PlatformConfig read(Path path) {
        Variables variables = new Variables(terminal.environment());
        ConfigReading reading = new PlatformConfigReader(variables::lookUp).readOnly(path.toAbsolutePath(), KEYS);
        return reading.config().orElseThrow(() -> {
            int more = reading.errors().size() - 1;
            String rest = more == 0 ? "" : " (and " + more + " more; see 'check')";
            return new CommandFailed(reading.errors().get(0) + rest);
        });
    }
}
