package io.mcpdata.protocol;

import io.mcpdata.json.Json;
import java.util.List;

/**
 * {@code CompleteResult} of the MCP schema.
 *
 * @param values all of them; the client gets the first hundred
 */
public record CompleteResult(List<String> values) implements FeatureResult {

    /** The schema allows no more. */
    private static final int MOST = 100;

    public CompleteResult {
        values = List.copyOf(values);
    }

    @Override
    public String write(ClientRevision client) {
        return Json.write(Json.object()
                .add(
                        "completion",
                        Json.object()
                                .add("values", Json.strings(values.subList(0, Math.min(MOST, values.size()))))
                                .add("total", values.size())
                                .add("hasMore", values.size() > MOST))
                .build());
    }
}
