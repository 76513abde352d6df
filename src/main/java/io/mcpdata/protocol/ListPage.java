package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * One page of a list: {@code ListToolsResult}, {@code ListResourcesResult}, {@code ListResourceTemplatesResult} or
 * {@code ListPromptsResult} of the MCP schema, {@code ListSkillsResult} of the extension Skills.
 *
 * @param member {@code tools}, {@code resources}, {@code resourceTemplates}, {@code prompts} or {@code skills}
 * @param nextCursor where the next page begins; empty on the last one
 */
public record ListPage(String member, List<? extends Listed> items, String nextCursor) implements FeatureResult {

    public ListPage {
        items = List.copyOf(items);
    }

    @Override
    public String write(ClientRevision client) {
        JsonArrayBuilder array = Json.array();
        items.forEach(item -> array.add(item.toJson(client)));
        JsonObjectBuilder json = Json.object().add(member, array);
        Members.addText(json, "nextCursor", nextCursor);
        return Json.write(json.build());
    }

    @Override
    public boolean isCacheable() {
        return true;
    }
}
