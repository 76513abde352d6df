package io.mcpdata.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns each section of the file into its record. Lives while one file is read. */
final class PlatformSections {

    private static final Pattern ORIGIN_OF_AN_APP = Pattern.compile(
            "(?!(?i:file|data|blob|javascript|about):)[A-Za-z][A-Za-z0-9+.-]{0,63}://[A-Za-z0-9._-]{1,253}(?::[0-9]{1,5})?");

    private final Path folder;

    /** @param folder that of the file, where relative paths begin */
    PlatformSections(Path folder) {
        this.folder = folder;
    }

    PlatformConfig read(Section root) {
        root.only(
                "server",
                "auth",
                "personas",
                "connections",
                "queries",
                "catalog",
                "prompts",
                "documents",
                "skills",
                "audit",
                "limits",
                "metrics",
                "database");
        Section auth = root.section("auth").only("api_keys", "oidc");
        OidcConfig oidc = new OidcSection().read(auth);
        List<PersonaConfig> personas =
                new PersonaSection(root.section("connections").keys()).read(root.section("personas"));
        ApiKeysConfig keys = new ApiKeysSection(personas, oidc.enabled()).read(auth.section("api_keys"));
        ServerConfig server = server(root.section("server"));
        List<ConnectionConfig> connections =
                ConnectionsSection.read(root.section("connections"), new IdentitySection(personas), folder);
        Section audit = root.section("audit");
        if (oidc.enabled() && server.publicUrl().isEmpty()) {
            auth.warning(
                    "oidc",
                    "single sign-on without server.public_url",
                    "the address clients use, or none of them can find out where tokens come from");
        }
        return new PlatformConfig(
                server,
                keys,
                oidc,
                personas,
                connections,
                new QueriesSection(root.section("connections").keys(), connections).read(root.section("queries")),
                new CatalogSection(folder, root.section("connections").keys()).read(root.section("catalog")),
                PromptsSection.read(root.section("prompts")),
                new DocumentsSection(folder).read(root.section("documents")),
                new SkillsSection(folder).read(root.section("skills")),
                AuditSection.read(audit),
                ConfigComponent.read(LimitsConfig.class, root.section("limits")),
                metrics(root.section("metrics")),
                DatabaseSection.read(root, audit));
    }

    private static MetricsConfig metrics(Section metrics) {
        return ConfigComponent.read(
                MetricsConfig.class, metrics, Map.of("allowed_networks", ApiKeysSection.networks(metrics)));
    }

    private static ServerConfig server(Section server) {
        server.only(ConfigComponent.names(ServerConfig.class));
        ServerConfig standard = ServerConfig.DEFAULT;
        Optional<URI> publicUrl = server.convert(
                "public_url",
                Optional.<URI>empty(),
                "an absolute http or https URL without user, query and fragment",
                text -> Optional.of(httpUrl(text)));
        if (publicUrl
                .filter(url -> url.getRawPath().matches(".*/(sse|mcp|messages)/?"))
                .isPresent()) {
            server.warning("public_url", "the address of an endpoint", "the address above /sse, /mcp and /messages");
        }
        return new ServerConfig(
                server.convert("name", standard.name(), "1 to 64 printable characters", PlatformSections::name),
                publicUrl,
                server.list(
                        "allowed_origins",
                        "scheme and host such as https://app.example.com or vscode-file://vscode-app; not null and not"
                                + " file://, which every local file has",
                        PlatformSections::origin),
                server.list("trusted_proxies", "an address or network such as 10.0.0.0/8", NetworkRange::parse),
                server.convert("data_dir", standard.dataDirectory(), "an absolute path", PlatformSections::absolute));
    }

    private static String name(String text) {
        return require(text, text.matches("[\\x20-\\x7e]{1,64}") && !text.isBlank());
    }

    /** Apps have schemes of their own. Only for http and https a port can be the default. */
    private static String origin(String text) {
        if (text.matches("(?i)https?:.*")) {
            return require(text, httpUrl(text).getRawPath().isEmpty());
        }
        return require(text, ORIGIN_OF_AN_APP.matcher(text).matches());
    }

    private static URI httpUrl(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean plain = uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
        return require(uri, http && uri.getHost() != null && plain);
    }

    private static Path absolute(String text) {
        Path path = Path.of(text);
        return require(path, path.isAbsolute());
    }

    private static <T> T require(T value, boolean good) {
        if (!good) {
            throw new IllegalArgumentException("not usable");
        }
        return value;
    }
}
