package io.mcpdata.mcp.session;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.DatabaseConfig;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of this server among those with one store, in front of what it alone knows: sessions and stream tickets. A
 * balancer leads a request to its server by this name. Without other servers, there is no name. Thread-safe.
 */
public final class ServerName {

    /** Stands in no name of a server, and needs no escaping in a URL. */
    private static final String END = "~";

    private final ActiveConfiguration configuration;
    private @Nullable String prefix;

    public ServerName(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** The text with the name of this server. */
    public String before(String text) {
        return prefix() + text;
    }

    /** The text without the name; empty if it is not of this server. */
    public Optional<String> after(String named) {
        String own = prefix();
        return named.startsWith(own) ? Optional.of(named.substring(own.length())) : Optional.empty();
    }

    /** Kept from the first use: another name takes effect at the next start, as another database does. */
    private synchronized String prefix() {
        String known = prefix;
        if (known == null) {
            known = configuration
                    .config()
                    .database()
                    .map(DatabaseConfig::instance)
                    .map(name -> name + END)
                    .orElse("");
            prefix = known;
        }
        return known;
    }
}
