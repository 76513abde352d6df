package io.mcpdata.container;

import static io.mcpdata.container.server.McpConversation.structured;
import static io.mcpdata.container.server.McpConversation.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.ListeningSockets;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.SalesDatabase;
import io.mcpdata.container.server.ServerCertificate;
import io.mcpdata.container.server.StoredRows;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.FreePort;
import jakarta.json.JsonObject;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an operator adds to a server: a pool of the server for a real PostgreSQL, and HTTPS. Both use the files of
 * {@code server-config} on one server, because a start is slow.
 */
@ArquillianTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@Timeout(300)
final class ServerPoolAndHttpsIT {

    private static final String IDENTITY = "{role: {by: persona, values: {analyst: deals_north, admin: deals_south}},"
            + " variables: {app.caller: name}}";

    private static final String CONNECTIONS = """
            connections:
              sales: {jndi: jdbc/sales, timeout: 6s}
              patient: {jndi: jdbc/sales, timeout: 8s, allow_functions: [nap]}
              ghost: {jndi: jdbc/ghost}
              deals:
                jndi: jdbc/sales
                timeout: 8s
                identity: %1$s
              own_deals:
                url: "jdbc:postgresql://${SALES_DB_HOST}:${SALES_DB_PORT}/${SALES_DB_NAME}"
                username: ${SALES_DB_USER}
                password: ${SALES_DB_PASSWORD}
                timeout: 8s
                identity: %1$s
            """.formatted(IDENTITY);

    private static final String SINGLE_SIGN_ON = """
            server:
              public_url: https://${HTTPS_HOST}:${HTTPS_PORT}
            """;

    // no server is there: the test checks where the challenge leads, not whether the certificate is trusted
    private static final String ISSUER = """
            auth:
              oidc: {enabled: true, issuer: "http://127.0.0.1:1", audience: mcp-data-platform}
            """;

    private static final String HTTP_HOST = "127.0.0.1";
    private static final String HTTPS_HOST = ServerCertificate.OTHER_ADDRESS;
    private static final Duration SALES_TIMEOUT = Duration.ofSeconds(6);
    private static final Duration TO_GIVE_UP_A_CONNECTION = Duration.ofSeconds(5);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);
    private static final Duration PATIENT = Duration.ofSeconds(8);
    private static final Pattern BOOT_COMMAND_FAILED = Pattern.compile("Boot Command \\S+ failed");
    // of each of two callers, because one alone may not have as many
    private static final int HANGING = 5;
    private static final int POOL = 16;
    private static final int AT_ONCE = 30;
    private static final String COUNT = "SELECT COUNT(*) AS numbers FROM numbers";
    private static final String ENDLESS =
            "SELECT COUNT(*) FROM numbers a, numbers b, numbers c WHERE a.n + b.n + c.n < 0";

    // needs no processor time, even on a busy machine
    private static final String ENDLESS_NAP = "SELECT nap(600)";
    private static final String SHORT_NAP = "SELECT nap(0.3)";

    // the proxy that a request to another machine would use
    private final ServerSocket outside = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final ServerCertificate certificate = ServerCertificate.make();
    private final SalesDatabase sales = SalesDatabase.start();
    private final int httpsPort = FreePort.next();
    private final Platform platform;
    private final Web web;

    ServerPoolAndHttpsIT() throws Exception {
        Map<String, String> environment = new HashMap<>(sales.environment());
        environment.put("TLS_KEYSTORE", certificate.keyStore().toString());
        environment.put("TLS_KEYSTORE_PASSWORD", certificate.password());
        environment.put("HTTPS_HOST", HTTPS_HOST);
        environment.put("HTTPS_PORT", String.valueOf(httpsPort));
        platform = Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml()
                        .replace("server:\n", SINGLE_SIGN_ON)
                        .replace("auth:\n", ISSUER)
                        .replace("connections:\n", CONNECTIONS)
                        .replace("limits:\n", "limits:\n  calls_per_caller: " + AT_ONCE + "\n")
                        .replace(
                                "allow: [warehouse, unreachable]",
                                "allow: [warehouse, sales, patient, ghost, deals, own_deals]"))
                .withEnvironment(environment)
                .withJvmOption("-Dhttp.proxyHost=" + outside.getInetAddress().getHostAddress())
                .withJvmOption("-Dhttp.proxyPort=" + outside.getLocalPort())
                .withJvmOption("-Dhttps.proxyHost=" + outside.getInetAddress().getHostAddress())
                .withJvmOption("-Dhttps.proxyPort=" + outside.getLocalPort())
                .withExtras(List.of("data-source", "tls")));
        web = Web.secure(platform, certificate, HTTPS_HOST, httpsPort);
    }

    @AfterAll
    void stopAndLookForPasswordsAndForWhoAskedOutside() throws Exception {
        platform.close();
        sales.close();
        try (outside) {
            outside.setSoTimeout(1);
            assertThatThrownBy(outside::accept)
                    .as("the server has sent no request")
                    .isInstanceOf(SocketTimeoutException.class);
        }
        String log = platform.server().log() + platform.server().accessLog();
        assertThat(BOOT_COMMAND_FAILED.matcher(log).results().map(MatchResult::group))
                .as("commands of server-config that failed")
                .isEmpty();
        for (String password : List.of(sales.password(), certificate.password())) {
            assertThat(log.contains(password)).as("a log shows a password").isFalse();
        }
    }

    @Test
    void callIsAnsweredOverHttpsFromTheServersOwnPool() throws Exception {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            assertThat(analyst.endpoint()).startsWith("/messages?");
            assertThat(structured(query(analyst, "sales", COUNT))
                            .getJsonArray("rows")
                            .getJsonArray(0)
                            .getInt(0))
                    .isEqualTo(2000);
            assertThat(sales.readers()).isPositive();
            assertThat(structured(analyst.call("sql_list_tables", Map.of("connection", "sales")))
                            .toString())
                    .contains("numbers");
        }
    }

    /** Row level security decides by the caller's role and name; both pools are shared by all callers. */
    @ParameterizedTest
    @ValueSource(strings = {"deals", "own_deals"})
    void callersOfOnePoolSeeTheirOwnRows(String connection) {
        String rows = "SELECT region, owner FROM deals";
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"));
                McpConversation admin = McpConversation.begin(web, platform.key("admin"))) {
            for (int i = 0; i < POOL; i++) {
                assertThat(rows(analyst, connection, rows)).isEqualTo("[[\"north\",\"analyst-service\"]]");
                assertThat(rows(admin, connection, rows)).isEqualTo("[[\"south\",\"admin-service\"]]");
                assertThat(text(query(analyst, "sales", rows)))
                        .as("the account itself, on the same pool of the server")
                        .contains("permission denied for table deals");
            }
            for (String attempt : List.of(
                    "SET ROLE deals_south",
                    "RESET ROLE",
                    "SELECT 1; RESET ROLE",
                    "SET SESSION AUTHORIZATION sales",
                    "SELECT set_config('app.caller', 'another', true)",
                    "SELECT current_setting('app.caller')",
                    "DO 'BEGIN RESET ROLE; END'")) {
                assertThat(text(query(analyst, connection, attempt))).startsWith("Statement refused: ");
            }
            assertThat(rows(analyst, connection, rows)).isEqualTo("[[\"north\",\"analyst-service\"]]");
        }
    }

    @Test
    void operatorSeesTheIdentityOfAConnection() {
        assertThat(web.get("/api/v1/config", platform.key("admin")).body())
                .contains("\"variables\":{\"app.caller\":\"name\"}", "\"analyst\":\"deals_north\"");
    }

    /** A server may keep a connection for the thread that used it: a caller on another thread must get it too. */
    @Test
    void moreCallsAtOnceThanThePoolHasConnectionsAreAllServed() throws Exception {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            for (int i = 0; i < AT_ONCE; i++) {
                begin(analyst, "patient", SHORT_NAP);
            }
            for (int i = 0; i < AT_ONCE; i++) {
                structured(analyst.stream().next("message").json());
            }
            assertThat(sales.readers()).isBetween(1, POOL);
        }
    }

    @Test
    void challengeLeadsToTheMetadataUnderHttps() {
        String origin = "https://" + HTTPS_HOST + ":" + httpsPort;
        String link =
                web.get("/sse").header("WWW-Authenticate").replaceFirst(".*resource_metadata=\"([^\"]*)\".*", "$1");

        assertThat(link).startsWith(origin + "/.well-known/oauth-protected-resource");
        Web.Answer metadata = web.get(URI.create(link).getPath());
        assertThat(metadata.status()).isEqualTo(200);
        assertThat(metadata.json().getString("resource")).startsWith(origin);
    }

    /** A server with HTTPS for the network must not accept bearer tokens in plain text there. */
    @Test
    void httpsHasAnAddressOfItsOwnAndPlainHttpStaysWhereItIs() {
        assertThat(web.get("/healthz").status()).isEqualTo(200);
        assertThat(Web.plain(platform, HTTP_HOST).get("/healthz").status()).isEqualTo(200);
        for (Web elsewhere :
                List.of(Web.plain(platform, HTTPS_HOST), Web.secure(platform, certificate, HTTP_HOST, httpsPort))) {
            assertThatThrownBy(() -> elsewhere.get("/healthz")).hasCauseInstanceOf(ConnectException.class);
        }
    }

    /** A listener without a configured address must not be reachable from other machines. */
    @Test
    void nothingListensToOtherMachinesUnlessTold() throws Exception {
        assertThat(ListeningSockets.of(platform.server().java()))
                .contains(
                        new InetSocketAddress(HTTP_HOST, platform.server().port()),
                        new InetSocketAddress(HTTPS_HOST, httpsPort))
                .allMatch(socket -> socket.getAddress().isLoopbackAddress());
    }

    /**
     * HTTP/1.1, over TLS and without. In HTTP/2 a stream on which the client sends nothing would end after 91 seconds on
     * WildFly, and between two heartbeats after 31 on Payara Micro: longer than a test can wait.
     */
    @Test
    void streamOfAClientThatAsksForHttp2HasTheVersionInWhichItLives() {
        for (Web asking : List.of(web, Web.preferringHttp2(platform))) {
            try (EventStream stream = asking.open(platform.key("viewer"))) {
                assertThat(stream.response().version())
                        .as(stream.response().uri().getScheme())
                        .isEqualTo(HttpClient.Version.HTTP_1_1);
            }
        }
    }

    @Test
    void statementInTheServersPoolEndsAtItsTimeoutAndLeavesAUsableConnection() throws Exception {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            assertThat(text(query(analyst, "sales", ENDLESS))).contains("ran longer than this connection allows");
            assertThat(sales.running()).isZero();
            structured(query(analyst, "sales", COUNT));
        }
    }

    @Test
    void databaseThatGoesDownIsNamedByItsConnectionAndAnsweredAgainOnceItIsBack() throws Exception {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            structured(query(analyst, "sales", COUNT));
            sales.goDown();
            try {
                long begin = System.nanoTime();
                assertThat(text(query(analyst, "sales", COUNT)))
                        .isEqualTo("The connection sales is not available right now.");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
                assertThat(web.get("/readyz").status()).isEqualTo(200);
                structured(query(analyst, "warehouse", "SELECT COUNT(*) FROM customers"));
            } finally {
                sales.comeBack();
            }
            structured(query(analyst, "sales", COUNT));
        }
        platform.server().awaitLog("connection sales (jndi jdbc/sales) is not available");
    }

    /**
     * No connection is refused or lost then: a caller that borrows one waits as long as the pool and the driver wait.
     */
    @Test
    void databaseThatFreezesDuringACallAndBetweenTwoIsAnsweredForInTimeAndUsableOnceItThaws() throws Exception {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"));
                McpConversation amidst = McpConversation.begin(web, platform.key("analyst"))) {
            Eventually.within(
                    Duration.ofSeconds(60),
                    "the warehouse is filled",
                    () -> !query(analyst, "warehouse", "SELECT COUNT(*) FROM customers")
                            .getJsonObject("result")
                            .getBoolean("isError", false));
            structured(query(analyst, "sales", COUNT));
            long begin = System.nanoTime();
            begin(amidst, "sales", ENDLESS);
            CompletableFuture<Duration> answered = CompletableFuture.supplyAsync(() -> {
                assertThat(text(amidst.stream().next("message").json()))
                        .contains("ran longer than this connection allows");
                return Duration.ofNanos(System.nanoTime() - begin);
            });
            Eventually.within(SALES_TIMEOUT.minusSeconds(1), "it runs", () -> sales.running() == 1);
            sales.freeze();
            try {
                structured(query(analyst, "warehouse", "SELECT COUNT(*) FROM customers"));
                long again = System.nanoTime();
                assertThat(text(query(analyst, "sales", COUNT)))
                        .isEqualTo("The connection sales is not available right now.");
                assertThat(Duration.ofNanos(System.nanoTime() - again)).isLessThan(Duration.ofSeconds(12));
                structured(query(analyst, "warehouse", "SELECT COUNT(*) FROM customers"));
                assertThat(answered.get(20, TimeUnit.SECONDS))
                        .isLessThan(SALES_TIMEOUT.plus(TO_GIVE_UP_A_CONNECTION).plusSeconds(3));
                sales.thawIdle();
                // the aborted connection is as dead as before, and blocks no caller
                for (int i = 0; i < 2 * POOL; i++) {
                    structured(query(analyst, "sales", COUNT));
                }
            } finally {
                sales.thaw();
            }
            // no caller waits for its answer any more, so it must not run on
            Eventually.within(Duration.ofSeconds(5), "it is cancelled after all", () -> sales.running() == 0);
        }
    }

    /** A cancelled call gets no answer, so its id shows that it has ended: the client may use it again. */
    @Test
    void cancelledCallEndsWithinTwoSecondsEvenIfItsDatabaseIsFrozen() throws Exception {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            structured(query(analyst, "patient", SHORT_NAP));
            int id = begin(analyst, "patient", ENDLESS_NAP);
            Eventually.within(PATIENT.minusSeconds(1), "it runs", () -> sales.running() == 1);
            sales.freeze();
            try {
                analyst.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
                        + id + "}}");
                Thread.sleep(2_000);
                analyst.send("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"tools/call\",\"params\":"
                        + "{\"name\":\"list_connections\",\"arguments\":{}}}");
                structured(analyst.stream().answer(id));
            } finally {
                sales.thaw();
            }
            Eventually.within(Duration.ofSeconds(5), "it is cancelled after all", () -> sales.running() == 0);
        }
    }

    /**
     * The last test, because it ends the server. Some calls hang in a statement, others while they borrow or return a
     * connection.
     */
    @Test
    @Order(Integer.MAX_VALUE)
    void serverEndsInTimeWhileCallsHangInAFrozenDatabase() throws Exception {
        McpConversation analyst = McpConversation.begin(web, platform.key("analyst"));
        structured(query(analyst, "sales", COUNT));
        begin(analyst, "sales", ENDLESS);
        Eventually.within(SALES_TIMEOUT.minusSeconds(1), "it runs", () -> sales.running() == 1);
        Thread others = new Thread(() -> {
            for (int i = 0; i < 8 * AT_ONCE; i++) {
                begin(analyst, "sales", COUNT);
            }
        });
        others.start();
        Thread.sleep(100);
        sales.freeze();
        try {
            others.join();
            long signalled = System.nanoTime();
            platform.server().terminate();
            assertThat(platform.server().awaitExit(LONGEST_END)).isTrue();
            assertThat(StoredRows.areClosed(platform.dataDirectory())).isTrue();
            System.out.printf(
                    "%s ended %d ms after SIGTERM, its database frozen%n",
                    platform.server().name(), (System.nanoTime() - signalled) / 1_000_000);
        } finally {
            sales.thaw();
        }
    }

    /** Requests to cancel statements hang then, and must not block threads that streams and changed files need. */
    @Test
    void databaseThatHangsHoldsUpNoStreamAndNoRevocation() throws Exception {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"));
                McpConversation admin = McpConversation.begin(web, platform.key("admin"));
                McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            structured(query(analyst, "patient", SHORT_NAP));
            long begin = System.nanoTime();
            for (int i = 0; i < HANGING; i++) {
                begin(analyst, "patient", ENDLESS_NAP);
                begin(admin, "patient", ENDLESS_NAP);
            }
            Eventually.within(PATIENT.minusSeconds(1), "all run", () -> sales.running() == 2 * HANGING);
            sales.hang();
            try {
                Thread.sleep(PATIENT.plusMillis(500)
                        .minusNanos(System.nanoTime() - begin)
                        .toMillis());
                begin = System.nanoTime();
                for (int i = 0; i < 3; i++) {
                    viewer.stream().next(":");
                }
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as("three heartbeats of one second")
                        .isLessThan(Duration.ofSeconds(6));
                platform.configure(platform.originalYaml()
                        .replace(
                                "name: viewer-service, roles: [viewer]",
                                "name: viewer-service, roles: [unlisted-role]"));
                assertThat(viewer.stream().endsWithin(Duration.ofSeconds(5)))
                        .as("a stream without its persona is closed")
                        .isTrue();
            } finally {
                sales.goOn();
                platform.configure(platform.originalYaml());
            }
            for (int i = 0; i < HANGING; i++) {
                for (McpConversation caller : List.of(analyst, admin)) {
                    assertThat(text(caller.stream().next("message").json()))
                            .contains("ran longer than this connection allows");
                }
            }
        }
        Eventually.within(
                Duration.ofSeconds(10),
                "the viewer is back",
                () -> web.get("/api/v1/whoami", platform.key("viewer")).status() == 200);
    }

    @Test
    void poolThatTheServerLacksIsNamedToTheOperatorAlone() {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            assertThat(text(query(analyst, "ghost", COUNT)))
                    .isEqualTo("The connection ghost is not available right now.");
        }
        assertThat(web.get("/readyz").status()).isEqualTo(200);
        platform.server().awaitLog("connection ghost (jndi jdbc/ghost) is not available");
    }

    @Test
    void poolThatAPersonaMayNotUseIsAsIfItDidNotExist() {
        try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            String denied = text(viewer.call("sql_list_tables", Map.of("connection", "sales")));
            String unknown = text(viewer.call("sql_list_tables", Map.of("connection", "nowhere")));

            assertThat(denied.replace("sales", "nowhere")).isEqualTo(unknown);
            assertThat(structured(viewer.call("list_connections", Map.of())).toString())
                    .contains("warehouse")
                    .doesNotContain("sales")
                    .doesNotContain("ghost");
        }
    }

    private static int begin(McpConversation conversation, String connection, String sql) {
        return conversation.begin(
                "tools/call", McpConversation.callParams("sql_query", Map.of("connection", connection, "sql", sql)));
    }

    private static String rows(McpConversation conversation, String connection, String sql) {
        return structured(query(conversation, connection, sql))
                .getJsonArray("rows")
                .toString();
    }

    private static JsonObject query(McpConversation conversation, String connection, String sql) {
        return conversation.call("sql_query", Map.of("connection", connection, "sql", sql));
    }
}
