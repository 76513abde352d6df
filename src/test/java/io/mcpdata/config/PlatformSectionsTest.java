package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections {@code server}, {@code connections}, {@code audit} and {@code limits}. */
final class PlatformSectionsTest {

    @Test
    void everyKeyOfServerIsRead() {
        ServerConfig server = Reading.config("""
                server:
                  name: our platform
                  public_url: https://mcp.example.com/data
                  allowed_origins: ["https://app.example.com", "http://localhost:3000"]
                  trusted_proxies: [10.0.0.0/8, "::1"]
                  data_dir: /var/lib/platform
                """).server();
        assertThat(server.name()).isEqualTo("our platform");
        assertThat(server.publicUrl()).contains(URI.create("https://mcp.example.com/data"));
        assertThat(server.allowedOrigins()).containsExactly("https://app.example.com", "http://localhost:3000");
        assertThat(server.trustedProxies())
                .containsExactly(NetworkRange.parse("10.0.0.0/8"), NetworkRange.parse("::1"));
        assertThat(server.dataDirectory()).isEqualTo(Path.of("/var/lib/platform"));
    }

    @ParameterizedTest
    @CsvSource({
        "public_url, mcp.example.com",
        "public_url, /data",
        "public_url, ftp://mcp.example.com",
        "public_url, javascript:alert(1)",
        "public_url, 'https://mcp.example.com/?a=b'",
        "public_url, 'https://mcp.example.com/#a'",
        "public_url, 'https://user@mcp.example.com'",
        "public_url, 'https://mcp example.com'",
        "public_url, 'https:///data'",
        "public_url, ''",
        "allowed_origins, ['*']",
        "allowed_origins, ['null']",
        "allowed_origins, ['https://app.example.com/']",
        "allowed_origins, ['app.example.com']",
        "allowed_origins, ['https://*.example.com']",
        "allowed_origins, ['file://']",
        "allowed_origins, ['file://localhost']",
        "allowed_origins, ['FILE://localhost']",
        "allowed_origins, ['app://']",
        "allowed_origins, ['app://*']",
        "allowed_origins, ['app://obsidian.md/']",
        "allowed_origins, ['app://user@obsidian.md']",
        "allowed_origins, ['app:obsidian.md']",
        "allowed_origins, ['data://x']",
        "allowed_origins, ['https://']",
        "trusted_proxies, ['proxy.example.com']",
        "trusted_proxies, ['10.0.0.0/33']",
        "data_dir, relative/path",
        "data_dir, ''",
        "data_dir, '~/data'",
        "name, ''",
        "name, '  '",
        "name, 'a\u00e9'",
    })
    void serverValueThatCannotWorkIsAnError(String key, String value) {
        assertThat(Reading.errors("server:\n  " + key + ": " + (value.startsWith("[") ? value : "'" + value + "'")))
                .singleElement()
                .asString()
                .startsWith("platform.yaml:2: server." + key);
    }

    @Test
    void everyKindOfConnectionIsRead() {
        List<ConnectionConfig> connections = Reading.config("""
                connections:
                  warehouse: {jndi: "java:comp/env/jdbc/warehouse", description: sales, max_rows: 50, timeout: 5s,
                              allow_functions: [MY_FUNCTION, schema.other]}
                  lake: {url: "jdbc:postgresql://db/lake", username: reader, password: "${CANARY}"}
                  open: {url: "jdbc:h2:mem:x", allow_privileged_account: true}
                  demo: {demo: retail}
                """).connections();
        assertThat(connections).extracting(ConnectionConfig::name).containsExactly("warehouse", "lake", "open", "demo");
        ConnectionConfig warehouse = connections.get(0);
        assertThat(warehouse.source()).isEqualTo(new ConnectionSource.Jndi("java:comp/env/jdbc/warehouse"));
        assertThat(warehouse.description()).isEqualTo("sales");
        assertThat(warehouse.maxRows()).isEqualTo(50);
        assertThat(warehouse.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(warehouse.allowFunctions()).containsExactlyInAnyOrder("my_function", "schema.other");
        assertThat(connections.get(1).source())
                .isEqualTo(new ConnectionSource.Url(
                        new Secret("jdbc:postgresql://db/lake"),
                        Optional.of("reader"),
                        Optional.of(new Secret("canary-4711-canary-4711"))));
        assertThat(connections.get(2).source())
                .isEqualTo(new ConnectionSource.Url(new Secret("jdbc:h2:mem:x"), Optional.empty(), Optional.empty()));
        assertThat(connections.get(3).source()).isEqualTo(new ConnectionSource.Demo("retail"));
        assertThat(connections.get(3).maxRows()).isEqualTo(1_000);
        assertThat(connections.get(3).timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(connections)
                .extracting(ConnectionConfig::allowPrivilegedAccount)
                .containsExactly(false, false, true, false);
        assertThat(connections.toString()).doesNotContain("canary", "jdbc:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                 | connections.c: found no source",
                "{description: x}                                   | connections.c: found no source",
                "{jndi: java:x, demo: retail}                       | connections.c: found jndi and demo",
                "{jndi: 'ldap://evil', url: 'jdbc:h2:mem:x'}        | connections.c: found jndi and url",
                "{jndi: 'ldap://evil/x'}                            | connections.c.jndi: found",
                "{jndi: 'rmi:x'}                                    | connections.c.jndi: found",
                "{jndi: 'java:comp/env/../x y'}                     | connections.c.jndi: found",
                "{demo: wholesale}                                  | connections.c.demo: found",
                "{url: 'http://db'}                                 | connections.c.url: found something else",
                "{url: 'jdbc:'}                                     | connections.c.url: found something else",
                "{url: ''}                                          | connections.c.url: found something else",
                "{url: 'jdbc:h2:mem:x '}                            | connections.c.url: found a URL with whitespace around it",
                "{url: \"jdbc:h2:mem:x\\n\"}                          | connections.c.url: found a URL with whitespace around it",
                "{url: 'jdbc:x', username: \"sa\\n\"}                 | connections.c.username: found a user name with whitespace",
                "{url: 'jdbc:x', username: ' '}                     | connections.c.username: found a user name with whitespace",
                "{jndi: '${PADDED}'}                                 | connections.c.jndi: found a value with whitespace around it",
                "{demo: retail, username: sa}                       | connections.c.username: found a username without url",
                "{jndi: java:x, password: '${CANARY}'}              | connections.c.password: found a password without url",
                "{demo: retail, max_rows: 100001}                   | connections.c.max_rows: found",
                "{demo: retail, timeout: 0s}                        | connections.c.timeout: found",
                "{demo: retail, allow_functions: ['x()']}           | connections.c.allow_functions[0]: found",
                "{demo: retail, allow_functions: ['a b; DROP']}     | connections.c.allow_functions[0]: found",
                "{demo: retail, allow_privileged_account: yes}      | connections.c.allow_privileged_account: found",
                "{demo: retail, read_only: false}                   | connections.c.read_only: found an unknown key",
            })
    void connectionThatCannotWorkIsAnErrorThatSaysWhy(String connection, String error) {
        assertThat(Reading.errors("connections:\n  c: " + connection))
                .anyMatch(found -> found.startsWith("platform.yaml:2: " + error));
    }

    @Test
    void connectionsNameIsMadeOfPlainCharacters() {
        for (String name : new String[] {"'a b'", "''", "\u00e9", "'a*'", "'a/b'", "x".repeat(65)}) {
            assertThat(Reading.errors("connections: {" + name + " : {demo: retail}}"))
                    .singleElement()
                    .asString()
                    .contains("found a name that cannot be used");
        }
    }

    @Test
    void passwordInTheFileWorksAndWarns() {
        assertThat(Reading.warnings("connections: {c: {url: 'jdbc:x', password: hunter2}}"))
                .containsExactly("platform.yaml:1: connections.c.password: found a literal password in the file;"
                        + " expected ${VARIABLE}, so that the file holds no secret");
        assertThat(Reading.warnings("connections: {c: {url: 'jdbc:x', password: '${CANARY}'}}"))
                .isEmpty();
        assertThat(Reading.warnings("connections: {c: {url: 'jdbc:x', password: ''}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary-4711\n", "canary-4711\r\n", " canary-4711", "\n"})
    void passwordWithWhitespaceAroundItWorksAndWarnsWithoutShowingIt(String password) {
        ConfigReading reading =
                Reading.of("connections: {c: {url: 'jdbc:x', password: '${P}'}}", Map.of("P", password));
        assertThat(reading.config().orElseThrow().connections().get(0).source())
                .isEqualTo(new ConnectionSource.Url(
                        new Secret("jdbc:x"), Optional.empty(), Optional.of(new Secret(password))));
        assertThat(reading.warnings())
                .extracting(ConfigProblem::toString)
                .containsExactly("platform.yaml:1: connections.c.password: found a password with whitespace around it;"
                        + " expected the password alone; check the variable or file for spaces or a line end, unless"
                        + " they belong to it");
    }

    /** The faults of a value whose only fault is its end are told in the same words everywhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "server: {public_url: '${P}'}",
                "server: {allowed_origins: ['${P}']}",
                "auth: {api_keys: {enabled: '${P}', keys: []}}",
                "limits: {heartbeat: '${P}'}",
                "audit: {mode: '${P}'}"
            })
    void whitespaceAroundAValueIsToldAsSuchAndTheValueIsNotShown(String yaml) {
        assertThat(Reading.of(yaml, Map.of("P", "canary-4711\n")).errors())
                .first()
                .asString()
                .contains("found a value with whitespace around it; expected ", ": the value alone; check the variable")
                .doesNotContain("canary");
    }

    @Test
    void appsAreOriginsWithSchemesOfTheirOwn() {
        assertThat(Reading.config("""
                        server:
                          allowed_origins: ["vscode-file://vscode-app", "app://obsidian.md", "tauri://localhost",
                                            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
                                            "capacitor://localhost:8100"]
                        """).server().allowedOrigins()).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/mcp", "/data/sse/", "/messages"})
    void publicUrlOfAnEndpointIsAWarning(String path) {
        assertThat(Reading.warnings("server: {public_url: 'https://mcp.example.com" + path + "'}"))
                .containsExactly("platform.yaml:1: server.public_url: found the address of an endpoint; expected the"
                        + " address above /sse, /mcp and /messages");
        assertThat(Reading.warnings("server: {public_url: 'https://mcp.example.com/messages/data'}"))
                .isEmpty();
    }

    @Test
    void everyKeyOfAuditIsRead() {
        assertThat(Reading.config("audit: {enabled: false, log_tool_calls: false, retention_days: 0, mode: strict}")
                        .audit())
                .isEqualTo(new AuditConfig(
                        false,
                        false,
                        0,
                        AuditConfig.Mode.STRICT,
                        Optional.empty(),
                        new AuditForwardConfig(Optional.empty())));
        assertThat(Reading.config("audit: {mode: batched}").audit().mode()).isEqualTo(AuditConfig.Mode.BATCHED);
    }

    @Test
    void metricsAreOpenOnlyIfTheFileSaysSo() {
        assertThat(Reading.config("audit: {}").metrics().isOpenTo("192.0.2.1")).isFalse();
        assertThat(Reading.config("metrics: {allowed_networks: [192.0.2.0/24]}")
                        .metrics()
                        .isOpenTo("192.0.2.1"))
                .isFalse();
        assertThat(Reading.config("metrics: {public: true}").metrics().isOpenTo("192.0.2.1"))
                .isTrue();
        MetricsConfig some = Reading.config("metrics: {public: true, allowed_networks: [10.0.0.0/8]}")
                .metrics();
        assertThat(some.isOpenTo("10.1.2.3")).isTrue();
        assertThat(some.isOpenTo("192.0.2.1")).isFalse();
        assertThat(some.isOpenTo("unknown")).isFalse();
        assertThat(PlatformConfig.denyAll().metrics().isOpenTo("127.0.0.1")).isFalse();
        assertThat(Reading.errors("metrics: {public: true, allowed_networks: []}"))
                .hasSize(1);
    }

    @Test
    void everyKeyOfLimitsIsRead() {
        LimitsConfig limits = Reading.config("""
                limits: {streams_per_caller: 1, calls_per_caller: 2, request_bytes: 1024, json_depth: 4,
                         result_bytes: 2048, session_idle: 3m, heartbeat: 4s}
                """).limits();
        assertThat(limits.streamsPerCaller()).isEqualTo(1);
        assertThat(limits.callsPerCaller()).isEqualTo(2);
        assertThat(limits.requestBytes()).isEqualTo(1024);
        assertThat(limits.jsonDepth()).isEqualTo(4);
        assertThat(limits.resultBytes()).isEqualTo(2048);
        assertThat(limits.sessionIdle()).isEqualTo(Duration.ofMinutes(3));
        assertThat(limits.heartbeat()).isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "streams_per_caller: 0",
                "calls_per_caller: 0",
                "request_bytes: 1023",
                "request_bytes: 4194305",
                "json_depth: 3",
                "json_depth: 513",
                "result_bytes: 0",
                "session_idle: 0s",
                "heartbeat: never"
            })
    void limitOutOfItsRangeIsAnError(String limit) {
        assertThat(Reading.errors("limits:\n  " + limit))
                .singleElement()
                .asString()
                .startsWith("platform.yaml:2: limits." + limit.substring(0, limit.indexOf(':')));
    }

    @Test
    void noRequestMayBeLargerThanTheServersTake() {
        assertThat(Reading.config("limits: {request_bytes: 4194304}").limits().requestBytes())
                .isEqualTo(4 << 20);
        assertThat(Reading.errors("limits:\n  request_bytes: 4194305"))
                .singleElement()
                .asString()
                .contains("limits.request_bytes", "4194305", "a whole number from 1024 to 4194304");
    }

    /** What the operator's files set, in every form. */
    @ParameterizedTest
    @CsvSource({
        "payara/pre-boot.asadmin, max-post-size-bytes=(\\d+)",
        "payara/pre-boot.asadmin, max-form-post-size-bytes=(\\d+)",
        "payara/tls.asadmin, max-post-size-bytes=(\\d+)",
        "payara/tls.asadmin, max-form-post-size-bytes=(\\d+)",
        "wildfly/platform.cli, 'max-post-size,value=(\\d+)'",
        "wildfly/tls.cli, max-post-size=(\\d+)",
        "liberty/server.xml, 'messageSizeLimit=\"(\\d+)\"'"
    })
    void everyServerTakesTheLargestRequestThatMayBeConfigured(String file, String setting) throws IOException {
        Matcher cap = Pattern.compile(setting).matcher(Files.readString(Path.of("server-config", file)));
        assertThat(cap.find()).isTrue();
        assertThat(Reading.config("limits: {request_bytes: " + cap.group(1) + "}")
                        .limits()
                        .requestBytes())
                .isEqualTo(LimitsConfig.SERVERS_CAP_ON_BODIES);
    }

    @Test
    void everyPermissionIsKnownToBothPackages() {
        assertThat(PersonaSection.PERMISSIONS).isEqualTo(io.mcpdata.persona.Permission.ALL);
    }
}
