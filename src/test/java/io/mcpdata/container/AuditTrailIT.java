package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.apikey.KeyFormat;
import io.mcpdata.authentication.jwt.FakeIssuer;
import io.mcpdata.authentication.jwt.Refusal;
import io.mcpdata.authentication.jwt.TokenMint;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.EventStream;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The audit trail after all other tests. The last class of the suite: it stops the shared server, so that the embedded
 * store can be opened, and searches everything that the run has written for the keys it used.
 */
@ArquillianTest
@Order(Integer.MAX_VALUE)
final class AuditTrailIT {

    private static final String AGENT = "audit-trail-test";

    private static final String FORGED = "INFO: all is well";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private String tokenIdentity = "";

    @Test
    void everyCallRefusalFailedLoginAndStreamHasItsRowAndNoneHoldsASecret() throws SQLException {
        String wrong = Keys.random();
        web.send(web.to("/api/v1/whoami", wrong).header("User-Agent", AGENT));
        web.send(web.to("/api/v1/whoami", platform.key("expired")).header("User-Agent", AGENT));
        web.send(web.to("/sse", platform.key("auditor")).header("User-Agent", AGENT));
        try (EventStream stream =
                web.open(web.to("/sse?api_key=" + platform.key("viewer")).header("User-Agent", AGENT))) {
            McpConversation viewer = McpConversation.over(web, stream);
            viewer.initialize();
            viewer.call("sql_query", Map.of("connection", "warehouse", "sql", "SELECT 1"));
            viewer.call("sql_list_tables", Map.of("connection", "archive"));
        }
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            analyst.query("SELECT COUNT(*) FROM orders WHERE status = 'audit-marker'");
            analyst.query("SELECT COUNT(*) FROM orders WHERE status = '" + platform.key("admin") + "'");
            analyst.query("DROP TABLE customers");
        }
        Web.Answer refused = web.get("/api/v1/whoami", wrong);
        List<String> presented = presentMoreCredentials();
        injectLinesIntoTheLog();
        String misplaced = Keys.random();
        assertThat(web.get("/sse;api_key=" + misplaced).status()).isEqualTo(400);
        platform.close();
        assertThat(platform.server().awaitExit(Duration.ofSeconds(1))).isTrue();

        List<Map<String, String>> rows = rows();
        assertRow(
                rows,
                Map.of(
                        "type",
                        "LOGIN_FAILURE",
                        "category",
                        "unknown_key",
                        "outcome",
                        "DENIED",
                        "user_agent",
                        AGENT,
                        "credential_id",
                        KeyDigest.of(wrong).id(),
                        "client_address",
                        "127.0.0.1"));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "LOGIN_FAILURE",
                        "category",
                        "expired_key",
                        "caller",
                        "expired-service",
                        "user_agent",
                        AGENT));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "ACCESS_DENIED",
                        "category",
                        "permission_missing",
                        "rule",
                        "mcp:connect",
                        "caller",
                        "auditor-service",
                        "persona",
                        "auditor",
                        "user_agent",
                        AGENT));
        assertRow(rows, Map.of("type", "STREAM_OPEN", "caller", "viewer-service", "user_agent", AGENT));
        assertRow(rows, Map.of("type", "STREAM_CLOSE", "caller", "viewer-service", "user_agent", AGENT));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "TOOL_CALL",
                        "outcome",
                        "DENIED",
                        "category",
                        "tool_denied",
                        "tool",
                        "sql_query",
                        "rule",
                        "tools.deny[sql_query]",
                        "caller",
                        "viewer-service"));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "TOOL_CALL",
                        "outcome",
                        "DENIED",
                        "category",
                        "connection_denied",
                        "connection",
                        "archive",
                        "caller",
                        "viewer-service"));
        assertRow(
                rows,
                Map.of(
                        "caller",
                        "viewer-service",
                        "type",
                        "STREAM_OPEN",
                        "identity",
                        "api_key:" + KeyDigest.of(platform.key("viewer")).id()));
        assertRow(rows, Map.of("category", "permission_missing", "identity", tokenIdentity));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "ACCESS_DENIED",
                        "category",
                        "no_persona",
                        "identity",
                        tokenIdentity,
                        "rule",
                        "claim groups is an object, whose member names are roles only with role_member_names: true"));
        assertThat(rows)
                .as("a failed login has no identity")
                .filteredOn(row -> "LOGIN_FAILURE".equals(row.get("type")))
                .allSatisfy(row -> assertThat(row).containsEntry("identity", ""));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "TOOL_CALL",
                        "outcome",
                        "SUCCESS",
                        "tool",
                        "sql_query",
                        "connection",
                        "warehouse",
                        "caller",
                        "analyst-service",
                        "roles",
                        "analyst",
                        "method",
                        "api_key",
                        "row_count",
                        "1"));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "TOOL_CALL",
                        "outcome",
                        "ERROR",
                        "category",
                        "statement_refused",
                        "caller",
                        "analyst-service"));
        assertRow(
                rows,
                Map.of(
                        "type",
                        "LOGIN_FAILURE",
                        "method",
                        "oidc",
                        "category",
                        "id_token",
                        "rule",
                        Refusal.ID_TOKEN.rule()));
        // one id in the answer, the row and the log
        assertRow(rows, Map.of("request_id", refused.json().getString("request_id"), "type", "LOGIN_FAILURE"));
        assertThat(platform.server().log()).contains(refused.json().getString("request_id"));

        String left = rows + platform.server().log() + platform.server().accessLog();
        assertThat(platform.server().accessLog()).as("the access log is on").contains("/api/v1/whoami", "/sse");
        assertThat(platform.server().accessLog().lines())
                .as("query strings can hold credentials")
                .noneMatch(line -> line.contains("?"));
        for (String secret : platform.keys().secrets()) {
            assertThat(left.contains(secret))
                    .as("a secret of the run was written down")
                    .isFalse();
        }
        assertThat(left.contains(wrong)).as("a wrong key was written down").isFalse();
        // Open Liberty has no pattern for its access log without path parameters
        String readable = platform.server().name().equals("Open Liberty")
                ? platform.server().log()
                : platform.server().log() + platform.server().accessLog();
        assertThat(readable.contains(misplaced))
                .as("a key in a path parameter was written down")
                .isFalse();
        for (String secret : presented) {
            assertThat(left.contains(secret))
                    .as("a key made at run time, or a part of a token, was written down")
                    .isFalse();
        }
        assertThat(left).as("no text steers a terminal").doesNotContain("\u001b[35;7m");
        assertThat(left.lines()).as("no text makes a line of its own").noneMatch(line -> line.startsWith(FORGED));
        assertRow(rows, Map.of("type", "TOOL_CALL", "tool", "x\\u000d\\u000a" + FORGED + "\\u001b[35;7m"));
    }

    /**
     * Every place where a client may put a key, and some where it must not; returns the texts that must be found
     * nowhere.
     */
    private List<String> presentMoreCredentials() {
        String made = web.post("/api/v1/keys", platform.key("admin"), "{\"name\":\"canary\",\"roles\":[\"analyst\"]}")
                .json()
                .getString("key");
        String unknown = KeyFormat.generate(new SecureRandom()).reveal();
        List<String> hidden = new ArrayList<>(List.of(made, unknown));
        try (FakeIssuer issuer = new FakeIssuer()) {
            platform.configure(platform.originalYaml().replaceFirst("auth:\n", """
                    auth:
                      oidc: {enabled: true, issuer: "%s", audience: mcp-data-platform}
                    """.formatted(issuer.url())));
            TokenMint mint = new TokenMint(issuer.url(), Instant.now());
            String good = mint.token();
            String expired = mint.token(mint.claims().with("exp", "1000000000"));
            String idToken = mint.token(mint.claims().with("nonce", "\"n-0S6_WzA2Mj\""));
            Eventually.within(
                    Duration.ofSeconds(20),
                    "the token is accepted",
                    () -> web.get("/api/v1/whoami", good).status() == 200);
            tokenIdentity = "oidc:" + issuer.url() + " 3f0c9a52-subject";
            assertThat(web.get("/api/v1/keys", good).status()).isEqualTo(403);
            String withoutRoles = mint.token(mint.claims().with("groups", "{}"));
            assertThat(web.get("/api/v1/keys", withoutRoles).status()).isEqualTo(403);
            web.get("/api/v1/whoami", idToken);
            for (String token : List.of(good, expired, idToken)) {
                hidden.add(token.substring(token.lastIndexOf('.') + 1));
                hidden.add(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
            }
            for (String credential : List.of(made, unknown, good, expired)) {
                web.get("/api/v1/whoami", credential);
                web.send(web.to("/api/v1/whoami").header("X-API-Key", credential));
                web.get("/api/v1/whoami?api_key=" + credential);
                web.send(web.to("/api/v1/whoami", platform.key("viewer")).header("User-Agent", credential));
                web.send(web.to("/api/v1/whoami", Keys.random()).header("User-Agent", credential));
                if (!credential.equals(made)) {
                    web.get("/sse?api_key=" + credential);
                }
                try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
                    analyst.query("SELECT COUNT(*) FROM orders WHERE status = '" + credential + "'");
                    analyst.call(credential, Map.of());
                }
            }
            try (EventStream stream = web.open(web.to("/sse?api_key=" + made));
                    McpConversation canary = McpConversation.over(web, stream)) {
                canary.initialize();
                canary.query("SELECT COUNT(*) FROM orders");
            }
        }
        return hidden;
    }

    private void injectLinesIntoTheLog() {
        web.send(web.to("/api/v1/whoami", Keys.random()).header("User-Agent", "agent " + FORGED));
        try (McpConversation viewer = McpConversation.begin(web, platform.key("viewer"))) {
            viewer.call("x\r\n" + FORGED + "\u001b[35;7m", Map.of());
            viewer.call("sql_list_tables", Map.of("connection", "x\r\n" + FORGED + "\u001b[35;7m"));
        }
    }

    private List<Map<String, String>> rows() throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Connection store = DriverManager.getConnection(
                        "jdbc:h2:file:" + platform.dataDirectory().resolve("store/platform") + ";IFEXISTS=TRUE",
                        "platform",
                        "");
                Statement statement = store.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM audit_event ORDER BY id")) {
            while (found.next()) {
                Map<String, String> row = new HashMap<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.put(found.getMetaData().getColumnName(i).toLowerCase(Locale.ROOT), found.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void assertRow(List<Map<String, String>> rows, Map<String, String> expected) {
        assertThat(rows)
                .as("a row with " + expected)
                .anySatisfy(row -> assertThat(row).containsAllEntriesOf(expected));
    }
}
