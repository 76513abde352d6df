package io.mcpdata.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sections of the file, each turned into its record. Lives while one file is read. */
final class PlatformSections {

    PlatformConfig read(Section root) {
        root.only("server", "auth", "personas", "connections", "audit", "limits");
        Section auth = root.section("auth").only("api_keys", "oidc");
        oidc(auth);
        List<PersonaConfig> personas = new PersonaSection().read(root.section("personas"));
        ApiKeysConfig keys = new ApiKeysSection().read(auth.section("api_keys"), roles(personas));
        return new PlatformConfig(
                server(root.section("server")),
                keys,
                personas,
                connections(root.section("connections")),
                audit(root.section("audit")),
                limits(root.section("limits")));
    }

    private static Set<String> roles(List<PersonaConfig> personas) {
        return personas.stream().flatMap(persona -> persona.roles().stream()).collect(Collectors.toSet());
    }

    private static void oidc(Section auth) {
        if (auth.has("oidc") && auth.section("oidc").flag("enabled", true)) {
            auth.error(
                    "oidc", "single sign-on switched on", "enabled: false, because this version has no OIDC support");
        }
    }

    private static ServerConfig server(Section server) {
        server.only("name", "public_url", "allowed_origins", "trusted_proxies", "data_dir");
        ServerConfig standard = ServerConfig.DEFAULT;
        return new ServerConfig(
                server.convert("name", standard.name(), "1 to 64 printable characters", PlatformSections::name),
                server.convert(
                        "public_url",
                        Optional.<URI>empty(),
                        "an absolute http or https URL",
                        text -> Optional.of(httpUrl(text))),
                server.list("allowed_origins", "an origin such as https://app.example.com", PlatformSections::origin),
                server.list("trusted_proxies", "an address or network such as 10.0.0.0/8", NetworkRange::parse),
                server.convert("data_dir", standard.dataDirectory(), "an absolute path", PlatformSections::absolute));
    }

    private static List<ConnectionConfig> connections(Section connections) {
        List<ConnectionConfig> configs = new ArrayList<>();
        for (String name : connections.keys()) {
            Section one = connections
                    .section(name)
                    .only(
                            "jndi",
                            "url",
                            "username",
                            "password",
                            "demo",
                            "description",
                            "max_rows",
                            "timeout",
                            "allow_functions");
            if (!name.matches("[A-Za-z0-9_.-]{1,64}")) {
                connections.error(name, "a name that cannot be used", "letters, digits and _ . -");
            }
            source(one)
                    .ifPresentOrElse(
                            source -> configs.add(new ConnectionConfig(
                                    name,
                                    one.text("description").orElse(""),
                                    source,
                                    one.number("max_rows", 1000, 1, 100_000),
                                    one.duration("timeout", Duration.ofSeconds(30)),
                                    Set.copyOf(one.list(
                                            "allow_functions",
                                            "the name of a function",
                                            text -> text.toLowerCase(Locale.ROOT))))),
                            () -> connections.error(name, "no usable source", "exactly one of jndi, url and demo"));
        }
        return configs;
    }

    private static Optional<ConnectionSource> source(Section one) {
        List<ConnectionSource> sources = new ArrayList<>();
        // no scheme but java:, so that no entry can make the server look a name up in some directory of others
        one.text("jndi")
                .filter(jndi -> jndi.matches("(java:)?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*"))
                .ifPresent(jndi -> sources.add(new ConnectionSource.Jndi(jndi)));
        one.secret("url")
                .filter(url -> url.reveal().startsWith("jdbc:"))
                .ifPresent(url ->
                        sources.add(new ConnectionSource.Url(url, one.text("username"), one.secret("password"))));
        one.text("demo").filter("retail"::equals).ifPresent(dataset -> sources.add(new ConnectionSource.Demo(dataset)));
        return sources.size() == 1 ? Optional.of(sources.get(0)) : Optional.empty();
    }

    private static AuditConfig audit(Section audit) {
        audit.only("enabled", "log_tool_calls", "retention_days", "mode");
        AuditConfig standard = AuditConfig.DEFAULT;
        return new AuditConfig(
                audit.flag("enabled", standard.enabled()),
                audit.flag("log_tool_calls", standard.logToolCalls()),
                audit.number("retention_days", standard.retentionDays(), 0, 36_500),
                audit.convert("mode", standard.mode(), "strict or batched", text -> switch (text) {
                    case "strict" -> AuditConfig.Mode.STRICT;
                    case "batched" -> AuditConfig.Mode.BATCHED;
                    default -> throw new IllegalArgumentException("neither");
                }));
    }

    private static LimitsConfig limits(Section limits) {
        limits.only(
                "streams_per_caller",
                "calls_per_caller",
                "request_bytes",
                "json_depth",
                "result_bytes",
                "session_idle",
                "heartbeat");
        LimitsConfig standard = LimitsConfig.DEFAULT;
        return new LimitsConfig(
                limits.number("streams_per_caller", standard.streamsPerCaller(), 1, 100_000),
                limits.number("calls_per_caller", standard.callsPerCaller(), 1, 10_000),
                limits.number("request_bytes", standard.requestBytes(), 1024, 64 * 1024 * 1024),
                limits.number("json_depth", standard.jsonDepth(), 4, 512),
                limits.number("result_bytes", standard.resultBytes(), 1024, 64 * 1024 * 1024),
                limits.duration("session_idle", standard.sessionIdle()),
                limits.duration("heartbeat", standard.heartbeat()));
    }

    private static String name(String text) {
        return require(text, text.matches("[\\x20-\\x7e]{1,64}") && !text.isBlank());
    }

    private static String origin(String text) {
        URI uri = httpUrl(text);
        return require(text, uri.getRawPath().isEmpty() && uri.getRawQuery() == null && uri.getRawFragment() == null);
    }

    private static URI httpUrl(String text) {
        URI uri = URI.create(text);
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        return require(uri, http && uri.getHost() != null && uri.getRawUserInfo() == null);
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
