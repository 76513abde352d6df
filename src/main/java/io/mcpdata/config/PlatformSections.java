package io.mcpdata.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Turns each section of the file into its record. Lives while one file is read. */
final class PlatformSections {

    /** Under server-config, servers close a connection that had no output for 60 seconds. */
    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(45);

    private static final String MOST_HEARTBEAT =
            "at most 45s, because servers and proxies end a stream that is silent for 60s";

    /** In bytes; under server-config, every server refuses larger bodies before the application sees them. */
    static final int SERVERS_CAP_ON_BODIES = 4 * 1024 * 1024;

    PlatformConfig read(Section root) {
        root.only("server", "auth", "personas", "connections", "audit", "limits");
        Section auth = root.section("auth").only("api_keys", "oidc");
        OidcConfig oidc = new OidcSection().read(auth);
        List<PersonaConfig> personas = new PersonaSection().read(root.section("personas"));
        ApiKeysConfig keys = new ApiKeysSection(personas, oidc.enabled()).read(auth.section("api_keys"));
        ServerConfig server = server(root.section("server"));
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
                ConnectionsSection.read(root.section("connections")),
                audit(root.section("audit")),
                limits(root.section("limits")));
    }

    private static ServerConfig server(Section server) {
        server.only("name", "public_url", "allowed_origins", "trusted_proxies", "data_dir");
        ServerConfig standard = ServerConfig.DEFAULT;
        return new ServerConfig(
                server.convert("name", standard.name(), "1 to 64 printable characters", PlatformSections::name),
                server.convert(
                        "public_url",
                        Optional.<URI>empty(),
                        "an absolute http or https URL without user, query and fragment",
                        text -> Optional.of(httpUrl(text))),
                server.list("allowed_origins", "an origin such as https://app.example.com", PlatformSections::origin),
                server.list("trusted_proxies", "an address or network such as 10.0.0.0/8", NetworkRange::parse),
                server.convert("data_dir", standard.dataDirectory(), "an absolute path", PlatformSections::absolute));
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
                "calls_per_minute",
                "request_bytes",
                "json_depth",
                "result_bytes",
                "session_idle",
                "heartbeat",
                "failed_attempts",
                "failed_attempts_per_key");
        LimitsConfig standard = LimitsConfig.DEFAULT;
        return new LimitsConfig(
                limits.number("streams_per_caller", standard.streamsPerCaller(), 1, 100_000),
                limits.number("calls_per_caller", standard.callsPerCaller(), 1, 10_000),
                limits.number("calls_per_minute", standard.callsPerMinute(), 0, 1_000_000),
                limits.number("request_bytes", standard.requestBytes(), 1024, SERVERS_CAP_ON_BODIES),
                limits.number("json_depth", standard.jsonDepth(), 4, 512),
                limits.number("result_bytes", standard.resultBytes(), 1024, 64 * 1024 * 1024),
                limits.duration("session_idle", standard.sessionIdle()),
                limits.duration("heartbeat", standard.heartbeat(), LONGEST_HEARTBEAT, MOST_HEARTBEAT),
                limits.number("failed_attempts", standard.failedAttempts(), 1, 1_000_000),
                limits.number("failed_attempts_per_key", standard.failedAttemptsPerKey(), 1, 1_000_000));
    }

    private static String name(String text) {
        return require(text, text.matches("[\\x20-\\x7e]{1,64}") && !text.isBlank());
    }

    private static String origin(String text) {
        URI uri = httpUrl(text);
        return require(text, uri.getRawPath().isEmpty());
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
