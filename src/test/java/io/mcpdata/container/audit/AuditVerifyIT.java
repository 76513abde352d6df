package io.mcpdata.container.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.endtoend.Program;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proof that the rows of a running server are as they were written. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class AuditVerifyIT {

    private static final String VERIFY = "/api/v1/audit/verify";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private JsonObject verify(String query) {
        Answer answer = web.get(VERIFY + query, platform.key("auditor"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return answer.json();
    }

    private void call() {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            analyst.query("SELECT COUNT(*) FROM orders");
        }
    }

    @Test
    void rowsAreVerifiedAndTheVerificationIsARow() {
        call();
        Eventually.within(
                Duration.ofSeconds(20),
                "the first checkpoint",
                () -> verify("").getString("result").equals("verified"));
        JsonObject before = verify("");
        assertThat(before.isNull("broken")).isTrue();
        assertThat(before.getString("last")).matches(before.getInt("newest_row") + ":[0-9a-f]{64}");
        assertThat(before.getInt("covered_to")).isLessThanOrEqualTo(before.getInt("newest_row"));
        call();
        JsonObject after = verify("?from=" + before.getString("last") + "&expect=" + before.getString("last"));
        assertThat(after.getString("result")).isEqualTo("verified");
        assertThat(after.getInt("rows")).isPositive();

        JsonObject row = web.get("/api/v1/audit?category=audit_verified&limit=1", platform.key("auditor"))
                .json()
                .getJsonArray("rows")
                .getJsonObject(0);
        assertThat(row.getString("type")).isEqualTo("AUDIT_READ");
        assertThat(row.getString("caller")).isEqualTo("auditor-service");
        assertThat(row.getInt("row_count")).isEqualTo(after.getInt("rows"));
        assertThat(row.getString("parameters")).contains(before.getString("last"));
    }

    @Test
    void anchorThatDiffersIsABreak() {
        call();
        JsonObject broken = verify("?expect=1:" + "0".repeat(64));
        assertThat(broken.getString("result")).isEqualTo("broken");
        assertThat(broken.getJsonObject("broken").getString("found")).isEqualTo("anchor_differs");
        assertThat(broken.getJsonObject("broken").getInt("row")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=1", "expect=x", "expect=-1:00", "until=1d"})
    void wrongParameterIsNamed(String query) {
        Answer refused = web.get(VERIFY + "?" + query, platform.key("auditor"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("detail")).startsWith(query.substring(0, query.indexOf('=')) + ": found ");
    }

    @Test
    void callerWithoutThePermissionIsToldWhichOne() {
        Answer refused = web.get(VERIFY, platform.key("analyst"));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.header("WWW-Authenticate")).contains("scope=\"audit:read\"");
        assertThat(web.get(VERIFY).status()).isEqualTo(401);
    }

    @Test
    void commandLineEndsWithOneWhereTheTrailDiffers() throws Exception {
        call();
        Program auditor = new Program(Map.of(
                "MCP_API_KEY",
                platform.key("auditor"),
                "MCP_DATA_PLATFORM_URL",
                platform.server().baseUrl()));
        Program.Ran verified = auditor.run("", "audit", "verify");
        assertThat(verified.exitCode()).as(verified.err()).isZero();
        assertThat(verified.out()).containsPattern("^\\d+ rows verified, up to \\d+:[0-9a-f]{64}\n");
        Program.Ran broken = auditor.run("", "audit", "verify", "--expect", "1:" + "0".repeat(64));
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err())
                .startsWith(
                        "mcp-data-platform: the audit trail is not as it was written, after 0 verified rows: row 1 has")
                .hasLineCount(1);
    }
}
