package io.mcpdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/clients.md}; the quick start of CI runs its commands. */
final class ClientsDocumentTest {

    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Path SCRIPTS = Path.of("src/test/clients");

    private final String page = read(Path.of("docs/clients.md"));

    @Test
    void configurationsNameTheServer() {
        List<JsonObject> configurations = JSON.matcher(page)
                .results()
                .map(block -> Json.readObject(block.group(1)))
                .toList();

        assertThat(configurations).hasSize(4).allSatisfy(configuration -> {
            JsonObject servers = configuration.values().iterator().next().asJsonObject();
            assertThat(servers.getJsonObject("mcp-data-platform").toString())
                    .contains("http://localhost:8080")
                    .contains("YOUR_KEY");
        });
    }

    @Test
    void versionsAreThoseThatAreTried() {
        JsonObject tried =
                Json.readObject(read(SCRIPTS.resolve("package.json"))).getJsonObject("dependencies");

        assertThat(page)
                .contains("`@modelcontextprotocol/sdk` " + tried.getString("@modelcontextprotocol/sdk"))
                .contains("`@modelcontextprotocol/client` " + tried.getString("@modelcontextprotocol/client"))
                .contains("| Claude Code " + tried.getString("@anthropic-ai/claude-code"))
                .contains("| MCP Inspector " + tried.getString("@modelcontextprotocol/inspector"))
                .contains("`mcp-remote` " + tried.getString("mcp-remote"))
                .contains("`io.modelcontextprotocol.sdk:mcp` " + version("mcp-sdk"))
                .contains("`io.modelcontextprotocol.sdk:mcp-core` " + version("mcp-core"));
    }

    private static String version(String library) {
        Matcher property = Pattern.compile("<" + library + ".version>(.*?)</").matcher(read(Path.of("pom.xml")));
        assertThat(property.find()).as(library).isTrue();
        return property.group(1);
    }

    @Test
    void commandsAreThoseOfTheQuickStart() {
        String demo = read(Path.of("demo/Greeting.java"));
        for (String command : List.of(
                "claude mcp add --transport http mcp-data-platform URL/mcp --header \"Authorization: Bearer YOUR_KEY\"",
                "claude mcp remove mcp-data-platform",
                "npx @modelcontextprotocol/inspector@latest --cli URL/mcp --transport http --header"
                        + " \"Authorization: Bearer YOUR_KEY\" --method tools/list")) {
            assertThat(demo).contains(command.replace("URL", "%2$s").replace("YOUR_KEY", "%1$s"));
            assertThat(page).contains(command.replace("URL", "http://localhost:8080"));
        }
    }

    @Test
    void nodeOfTheInspectorIsTheOneThatTheDemoNames() {
        assertThat(page).contains("Node.js 22.19 or newer");
        assertThat(read(Path.of("demo/Greeting.java"))).contains("Node.js 22.19 or newer");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
