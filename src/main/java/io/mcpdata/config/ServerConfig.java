package io.mcpdata.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code server}.
 *
 * @param name what the MCP server calls itself, and the realm of its challenges
 * @param publicUrl where clients reach the platform; used in metadata and challenges, never guessed from headers
 * @param allowedOrigins browser origins let in besides the public URL's own
 * @param trustedProxies networks whose {@code X-Forwarded-For} is believed
 * @param dataDirectory absolute; where the embedded store lives
 */
public record ServerConfig(
        String name,
        Optional<URI> publicUrl,
        List<String> allowedOrigins,
        List<NetworkRange> trustedProxies,
        Path dataDirectory) {

    public static final ServerConfig DEFAULT = new ServerConfig(
            "mcp-data-platform",
            Optional.empty(),
            List.of(),
            List.of(),
            Path.of(System.getProperty("user.home"), ".mcp-data-platform").toAbsolutePath());

    public ServerConfig {
        allowedOrigins = List.copyOf(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
    }
}
