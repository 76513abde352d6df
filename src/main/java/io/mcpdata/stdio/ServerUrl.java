package io.mcpdata.stdio;

import java.net.URI;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The platform's address: scheme, host, port and context root. Immutable.
 *
 * @param base without a slash at its end
 */
record ServerUrl(URI base) {

    static final ServerUrl STANDARD = new ServerUrl(URI.create("http://localhost:8080"));

    /** @throws IllegalArgumentException if this is not an http or https URL, or has more than a path */
    static ServerUrl of(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean bare = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!http || url.getHost() == null || !bare) {
            throw new IllegalArgumentException(
                    "expected the base URL of the platform, such as https://mcp.example.com, without user, query or #");
        }
        return new ServerUrl(URI.create(url.toString().replaceFirst("/+$", "")));
    }

    /**
     * The same from an address that a person gives. The address of an endpoint, {@code /sse} or {@code /mcp}, is taken
     * for that of its server.
     *
     * @throws IllegalArgumentException as {@link #of}
     */
    static ServerUrl given(URI url) {
        URI base = of(url).base();
        String text = base.toString();
        int root = text.length() - base.getRawPath().length();
        return new ServerUrl(
                URI.create(text.substring(0, root) + base.getRawPath().replaceFirst("/(sse|mcp)$", "")));
    }

    /** @param path with a slash at its beginning */
    URI at(String path) {
        return URI.create(base + path);
    }

    boolean isHttps() {
        return base.getScheme().equals("https");
    }

    /** Whether no other machine can read the traffic: TLS, or a connection that stays on this machine. */
    boolean isPrivate() {
        String host = base.getHost().toLowerCase(Locale.ROOT);
        return isHttps()
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.\\d{1,3}){3}")
                || host.equals("[::1]");
    }

    @Override
    public String toString() {
        return base.toString();
    }

    /** Reads a {@code --url}. */
    static final class Converter implements ITypeConverter<ServerUrl> {

        @Override
        public ServerUrl convert(String text) {
            try {
                return given(URI.create(text));
            } catch (IllegalArgumentException e) {
                // URI's own message quotes the text, which may contain a password
                throw new TypeConversionException(
                        "expected the base URL of the platform, such as https://mcp.example.com, without user, query"
                                + " or #");
            }
        }
    }
}
