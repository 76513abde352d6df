package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.Platform;
import io.mcpdata.testing.OnOneServer;
import java.util.Map;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** A key from creation to revocation, by the command line with a real server. */
@ArquillianTest
@OnOneServer
final class KeysCommandIT {

    @ArquillianResource
    private Platform platform;

    private Program with(String key) {
        return new Program(Map.of(
                "MCP_API_KEY", key, "MCP_DATA_PLATFORM_URL", platform.server().baseUrl()));
    }

    @Test
    void aKeyIsMadeListedRotatedAndRevoked() throws Exception {
        Program admin = with(platform.key("admin"));
        Program.Ran made = admin.run(
                "", "keys", "create", "--name", "command-line", "--role", "admin", "--expires-in", "90d", "--quiet");
        assertThat(made.err()).isEmpty();
        String first = made.out().strip();
        String firstId = KeyDigest.of(first).id();

        assertThat(with(first).run("", "keys", "list").out())
                .containsPattern(firstId + " +command-line +admin +store +active")
                .containsPattern(KeyDigest.of(platform.key("admin")).id() + " +admin-service +admin +file +active");

        Program.Ran rotated = admin.run("", "keys", "rotate", "--overlap", "1h", "--format", "json", firstId);
        JsonObject successor = JsonParser.parseString(rotated.out()).getAsJsonObject();
        String second = successor.get("key").getAsString();
        assertThat(successor.get("name").getAsString()).isEqualTo("command-line");
        assertThat(with(first).run("", "keys", "list").exitCode()).isZero();
        assertThat(with(second).run("", "keys", "list").exitCode()).isZero();

        assertThat(admin.run("", "keys", "revoke", firstId).err()).isEqualTo("Revoked " + firstId + ".\n");
        Program.Ran refused = with(first).run("", "keys", "list");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("mcp-data-platform: 401: the server does not accept the key " + firstId)
                .hasLineCount(1);
        assertThat(with(second).run("", "keys", "list").exitCode()).isZero();

        String secondId = KeyDigest.of(second).id();
        Program.Ran third = admin.run("", "keys", "rotate", "--overlap", "0s", "--quiet", secondId);
        assertThat(third.err()).isEmpty();
        assertThat(with(second).run("", "keys", "list").exitCode()).isEqualTo(1);
        assertThat(admin.run(
                                "",
                                "keys",
                                "revoke",
                                KeyDigest.of(third.out().strip()).id())
                        .exitCode())
                .isZero();
    }

    @Test
    void everyRefusalOfTheServerIsOneLine() throws Exception {
        Program admin = with(platform.key("admin"));

        assertThat(with(platform.key("viewer")).run("", "keys", "list").err())
                .contains("403: the key ")
                .contains("may not do this: This needs the permission keys:manage")
                .hasLineCount(1);
        assertThat(admin.run("", "keys", "revoke", "0123456789ab").err())
                .contains("mcp-data-platform: 404: ")
                .hasLineCount(1);
        assertThat(admin.run(
                                "",
                                "keys",
                                "revoke",
                                KeyDigest.of(platform.key("viewer")).id())
                        .err())
                .contains("mcp-data-platform: 409: ")
                .hasLineCount(1);
        assertThat(admin.run("", "keys", "create", "--name", "x", "--role", "x", "--allowed-network", "everywhere")
                        .err())
                .contains("mcp-data-platform: 400: ")
                .hasLineCount(1);
    }
}
