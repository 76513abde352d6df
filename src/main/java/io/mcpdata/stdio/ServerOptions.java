package io.mcpdata.stdio;

import io.mcpdata.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The server's address and the key for it: one set of options for every command that calls the server. */
final class ServerOptions {

    private static final String VARIABLE = "MCP_DATA_PLATFORM_URL";

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = ServerUrl.Converter.class,
            description = "Base URL of the platform, its context root included. Without it, the environment variable"
                    + " MCP_DATA_PLATFORM_URL or http://localhost:8080.")
    private @Nullable ServerUrl url;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Read the key from this file instead of the environment variable MCP_API_KEY.")
    private @Nullable Path keyFile;

    @Option(
            names = "--allow-http",
            description = "Send the key over plain http to another machine, where others on the network can read it.")
    private boolean plainHttp;

    /** The URL from the option or the environment; empty if neither is set. */
    Optional<ServerUrl> url(Terminal terminal) {
        return Optional.ofNullable(url)
                .or(() -> terminal.environment()
                        .apply(VARIABLE)
                        .filter(text -> !text.isEmpty())
                        .map(ServerOptions::ofEnvironment));
    }

    private static ServerUrl ofEnvironment(String text) {
        try {
            return ServerUrl.given(URI.create(text));
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(VARIABLE + ": expected the base URL of the platform, such as"
                    + " https://mcp.example.com, without user, query or #");
        }
    }

    /** @throws CommandFailed if there is no usable key, or it would be sent unencrypted */
    AdminClient admin(Terminal terminal) {
        return new AdminClient(guardedUrl(terminal), key(terminal));
    }

    /** @throws CommandFailed if there is no usable key, or it would be sent unencrypted */
    AuditClient audit(Terminal terminal) {
        return new AuditClient(guardedUrl(terminal), key(terminal));
    }

    /** @throws CommandFailed if there is no usable key, or it would be sent unencrypted */
    AccessClient access(Terminal terminal) {
        return new AccessClient(guardedUrl(terminal), key(terminal));
    }

    /** @throws CommandFailed if there is no usable key, or it would be sent unencrypted */
    StoreClient store(Terminal terminal) {
        return new StoreClient(guardedUrl(terminal), key(terminal));
    }

    /** @throws CommandFailed if there is no usable key, or it would be sent unencrypted */
    PlatformHttp http(Terminal terminal) {
        return new PlatformHttp(guardedUrl(terminal), key(terminal));
    }

    private ServerUrl guardedUrl(Terminal terminal) {
        return guarded(url(terminal).orElse(ServerUrl.STANDARD));
    }

    /** @throws CommandFailed if there is no usable key */
    Secret key(Terminal terminal) {
        return keyFile == null ? PresentedKey.ofEnvironment(terminal) : PresentedKey.ofFile(keyFile);
    }

    /** @throws CommandFailed if the key would be sent unencrypted and no option allows that */
    ServerUrl guarded(ServerUrl server) {
        if (!server.isPrivate() && !plainHttp) {
            throw new CommandFailed(server + " is not https: others on the network could read the key. Use https, or"
                    + " --allow-http if the network is yours");
        }
        return server;
    }
}
