package io.mcpdata.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code server}.
 *
 * @param name the name of the MCP server, and the realm of its challenges
 * @param publicUrl the address at which clients reach the platform; used in metadata and challenges, never derived from
 *     headers
 * @param allowedOrigins origins of pages and apps that are allowed in addition to the public URL's own
 * @param trustedProxies networks whose {@code X-Forwarded-For} and {@code X-Forwarded-Prefix} are trusted
 * @param dataDirectory absolute; the directory of the embedded store
 */
public record ServerConfig(
        String name,
        Optional<URI> publicUrl,
        List<String> allowedOrigins,
        List<NetworkRange> trustedProxies,

        @ConfigKey(value = "data_dir", told = false, fromNextStart = true)
        Path dataDirectory)
        implements ConfigRecord {

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
