package io.mcpdata.mcp.server;

import io.mcpdata.protocol.FeatureResult;
import jakarta.json.JsonObject;
import java.util.Map;

/** A task as its caller sees it, wherever it runs. */
interface CallerTask {

    /** The answer to {@code tasks/get}. */
    FeatureResult state();

    /** The client has answered; an answer to no open question is ignored. */
    void update(Map<String, JsonObject> responses);

    void cancel();
}
