package io.mcpdata.mcp.server;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The version of the platform, from what Maven writes into every archive it builds. */
final class ServerVersion {

    private static final Logger LOG = System.getLogger(ServerVersion.class.getName());
    private static final String RESOURCE = "/META-INF/maven/io.mcpdata/mcp-data-platform/pom.properties";
    private static final String UNKNOWN = "unknown";

    private ServerVersion() {}

    static String of(ServletContext application) {
        try (InputStream resource = application.getResourceAsStream(RESOURCE)) {
            return in(resource);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the version of the platform could not be read", e);
            return UNKNOWN;
        }
    }

    /** @param properties null in an archive that was not built by Maven, such as an exploded one */
    static String in(@Nullable InputStream properties) throws IOException {
        if (properties == null) {
            return UNKNOWN;
        }
        Properties read = new Properties();
        read.load(properties);
        return read.getProperty("version", UNKNOWN);
    }
}
