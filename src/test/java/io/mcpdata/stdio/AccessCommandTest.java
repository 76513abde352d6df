package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessCommandTest {

    private RecordingAdmin admin;
    private RecordingTerminal terminal;

    @BeforeEach
    void start() throws IOException {
        admin = new RecordingAdmin();
        terminal = new RecordingTerminal().with("MCP_API_KEY", "own-access-key-0123456789");
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    @Test
    void accessAndDecisionsAreShown() {
        admin.answering(200, """
                {"accepted":true,"roles":["viewer","analyst"],"persona":"analyst","why":"Because.",
                 "permissions":["mcp:connect"],"tools":["a","b"],"connections":[],"skills":["refunds"],
                 "decisions":[{"kind":"tool","name":"sql_query","exists":true,"allowed":true,"rule":"tools.allow[*]"},
                              {"kind":"tool","name":"nothing","exists":false,"allowed":false,"rule":"tools.allow[*]"}]}""");

        assertThat(terminal.run(
                        "access",
                        "--url",
                        admin.url(),
                        "--role",
                        "viewer",
                        "--role",
                        "analyst",
                        "--tool",
                        "sql_query",
                        "--tool",
                        "nothing"))
                .isZero();

        assertThat(terminal.out())
                .contains(
                        "roles        viewer, analyst\n",
                        "persona      analyst\n",
                        "tools        a, b\n",
                        "skills       refunds\n")
                .contains("tool  sql_query  yes      tools.allow[*]\n")
                .contains("tool  nothing    no       does not exist; tools.allow[*]\n")
                .doesNotContain("connections");
        assertThat(JsonParser.parseString(admin.asked().get(0).body()))
                .isEqualTo(JsonParser.parseString(
                        "{\"roles\":[\"viewer\",\"analyst\"],\"tools\":[\"sql_query\",\"nothing\"]}"));
    }

    @Test
    void tokenComesFromAFileAndIsNotShown(@TempDir Path directory) throws IOException {
        admin.answering(200, "{\"accepted\":false,\"refused\":\"expired_token\"}");
        Path file = Files.writeString(directory.resolve("token"), "aaa.bbb.ccc\n");

        assertThat(terminal.run("access", "--url", admin.url(), "--token-file", file.toString()))
                .isZero();

        assertThat(admin.asked().get(0).body()).isEqualTo("{\"token\":\"aaa.bbb.ccc\"}");
        assertThat(terminal.out()).contains("refused  expired_token").doesNotContain("aaa.bbb");
    }

    @Test
    void twoSubjectsAndAMissingFileAreUsageErrors(@TempDir Path directory) {
        assertThat(terminal.run("access", "--url", admin.url(), "--role", "a", "--key-id", "0a1b2c3d4e5f"))
                .isEqualTo(2);
        assertThat(terminal.run("access", "--url", admin.url(), "--token-file", directory.resolve("no") + ""))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--token-file: ", "cannot be read: NoSuchFileException");
        assertThat(admin.asked()).isEmpty();
    }
}
