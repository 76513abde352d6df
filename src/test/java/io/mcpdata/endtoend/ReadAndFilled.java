package io.mcpdata.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import java.util.Map;

/** The analyst's document and prompt, as the official Java client with a session gets them. */
final class ReadAndFilled {

    private ReadAndFilled() {}

    static void by(McpSyncClient analyst) {
        assertThat(analyst.listResources().resources())
                .extracting(Resource::uri)
                .contains("document://glossary", "table://warehouse/RETAIL/PRODUCTS");
        assertThat(analyst.readResource(ReadResourceRequest.builder("document://glossary")
                                .build())
                        .contents())
                .singleElement()
                .isInstanceOfSatisfying(
                        TextResourceContents.class,
                        text -> assertThat(text.text()).isNotEmpty());

        assertThat(analyst.listPrompts().prompts()).extracting(Prompt::name).containsExactly("monthly_review");
        assertThat(analyst.getPrompt(GetPromptRequest.builder("monthly_review")
                                .arguments(Map.of("month", "2025-11"))
                                .build())
                        .messages())
                .singleElement()
                .satisfies(message -> assertThat(message.content())
                        .isInstanceOfSatisfying(
                                TextContent.class,
                                text -> assertThat(text.text()).startsWith("Compare 2025-11 in")));
    }
}
