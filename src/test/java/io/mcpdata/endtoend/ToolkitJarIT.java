package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.config.DocumentedYaml;
import io.mcpdata.container.server.Folders;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Setup;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.SubscribeRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The sources, commands and persona of {@code docs/toolkits.md}, as they are there: the jar is made, deployed and called. */
@ArquillianTest
@OnOneServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ToolkitJarIT {

    private static final Path PAGE = Path.of("docs", "toolkits.md");
    private static final Pattern SOURCE = Pattern.compile("(?ms)^```java\\n// (\\w+\\.java)\\n(.*?)^```$");
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final String REVENUE = "glossary://terms/revenue";

    private static final String YAML = """
            server:
              name: toolkits
              data_dir: ${DATA_DIR}
            auth:
              api_keys:
                enabled: true
                keys:
                  - {key: "${KEY_ANALYST}", name: analyst-service, roles: [analyst]}
                  - {key: "${KEY_VIEWER}", name: viewer-service, roles: [viewer]}
            """;

    private static final String WITHOUT_THE_GLOSSARY = """
              viewer:
                roles: [viewer]
                connections: {allow: ["*"]}
                tools: {allow: ["*"], deny: ["*_term"]}
            """;

    private final List<String> updates = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Platform platform;

    ToolkitJarIT() throws Exception {
        String personas = DocumentedYaml.of(PAGE).get(0).text();
        platform = Platform.start(Platform.Options.standard()
                .withYaml(YAML + personas + WITHOUT_THE_GLOSSARY)
                .withWar(built()));
    }

    /** A copy of the WAR that the commands of the page have extended. */
    private static Path built() throws Exception {
        Setup setup = Setup.fromMaven();
        Path directory = setup.work().resolve("glossary").toAbsolutePath();
        Folders.clear(directory);
        String page = Files.readString(PAGE);
        List<MatchResult> sources = SOURCE.matcher(page).results().toList();
        assertThat(sources).hasSize(5);
        for (MatchResult source : sources) {
            Files.writeString(directory.resolve(source.group(1)), source.group(2));
        }
        Path war = Files.copy(setup.war(), directory.resolve("mcp-data-platform.war"));
        Path api = Path.of(ApplicationScoped.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(api, directory.resolve(api.getFileName().toString()));
        String commands = COMMANDS.matcher(page)
                .results()
                .map(block -> block.group(1))
                .findFirst()
                .orElseThrow();
        Path log = directory.resolve("commands.log");
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", "set -eux\n" + commands)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Path jdk = Path.of(System.getProperty("java.home"), "bin");
        shell.environment().put("PATH", jdk + ":" + System.getenv("PATH"));
        Process process = shell.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0).as(Files.readString(log)).isTrue();
        return war;
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private McpSyncClient client(String key) {
        McpSyncClient client = McpClient.sync(HttpClientStreamableHttpTransport.builder(
                                platform.server().baseUrl())
                        .endpoint("/mcp")
                        .httpRequestCustomizer((builder, method, endpoint, body, context) ->
                                builder.setHeader("Authorization", "Bearer " + platform.key(key)))
                        .build())
                .requestTimeout(Duration.ofSeconds(20))
                .initializationTimeout(Duration.ofSeconds(20))
                .capabilities(ClientCapabilities.builder().elicitation().build())
                .elicitation(
                        question -> new ElicitResult(ElicitResult.Action.ACCEPT, Map.of("reason", question.message())))
                .resourcesUpdateConsumer(contents -> contents.forEach(one -> updates.add(one.uri())))
                .loggingConsumer(message -> messages.add(String.valueOf(message.data())))
                .build();
        client.initialize();
        return client;
    }

    private static String call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(McpSchema.CallToolRequest.builder(tool)
                        .arguments(arguments)
                        .build())
                .content()
                .toString();
    }

    private static String read(McpSyncClient client) {
        return client.readResource(new ReadResourceRequest(REVENUE)).contents().toString();
    }

    @Test
    void personaOfThePageListsWhatThePageAdds() {
        try (McpSyncClient analyst = client("analyst")) {
            assertThat(analyst.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("sql_query", "define_term", "correct_term");
            assertThat(analyst.listResources().resources())
                    .extracting(McpSchema.Resource::uri)
                    .containsExactly("glossary://terms/churn", REVENUE);
            assertThat(analyst.listResourceTemplates().resourceTemplates())
                    .extracting(McpSchema.ResourceTemplate::uriTemplate)
                    .containsExactly("glossary://terms/{term}");
            assertThat(analyst.listPrompts().prompts())
                    .extracting(McpSchema.Prompt::name)
                    .containsExactly("explain_term");
        }
    }

    @Test
    void toolsResourcesAndPromptAnswer() {
        try (McpSyncClient analyst = client("analyst")) {
            assertThat(call(analyst, "define_term", Map.of("term", "churn"))).contains("90 days");
            assertThat(call(analyst, "define_term", Map.of("term", "margin")))
                    .contains("no such term. It has: [churn, revenue]");
            assertThat(analyst.getPrompt(new GetPromptRequest("explain_term", Map.of("term", "churn")))
                            .messages()
                            .toString())
                    .contains("to a newcomer. It means: customers");
            assertThat(analyst.completeCompletion(new CompleteRequest(
                                    new PromptReference("explain_term"),
                                    new CompleteRequest.CompleteArgument("term", "re")))
                            .completion()
                            .values())
                    .containsExactly("revenue");

            analyst.subscribeResource(new SubscribeRequest(REVENUE));
            assertThat(read(analyst)).contains("without returns");
            assertThat(call(analyst, "correct_term", Map.of("term", "revenue", "definition", "quantity * unit_price")))
                    .contains("Corrected.");
            assertThat(read(analyst)).contains("quantity * unit_price").doesNotContain("without returns");
            Eventually.within(Duration.ofSeconds(10), "the subscriber is told", () -> updates.contains(REVENUE));
            Eventually.within(
                    Duration.ofSeconds(10),
                    "the client gets the message",
                    () -> messages.contains("corrected revenue"));
        }
    }

    @Test
    void otherPersonaSeesNothingOfIt() {
        try (McpSyncClient viewer = client("viewer")) {
            assertThat(viewer.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("list_connections")
                    .doesNotContain("define_term", "correct_term");
            assertThat(viewer.listResources().resources()).isEmpty();
            assertThat(viewer.listPrompts().prompts()).isEmpty();
            assertThatThrownBy(() -> call(viewer, "define_term", Map.of("term", "churn")))
                    .hasMessageContaining("Unknown tool: define_term");
            assertThatThrownBy(() -> read(viewer)).hasMessageContaining("Resource not found");
            assertThatThrownBy(() -> viewer.getPrompt(new GetPromptRequest("explain_term", Map.of("term", "churn"))))
                    .hasMessageContaining("Unknown prompt: explain_term");
        }
    }
}
