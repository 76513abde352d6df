package io.mcpdata.gateway;

import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.GetPromptResult;
import io.mcpdata.protocol.Prompt;
import java.util.List;
import java.util.Map;

/**
 * One prompt. Only the gateway calls it: by then the persona allows the prompt, and no required argument is missing.
 * Thread-safe.
 */
public interface PromptHandler {

    Prompt describe();

    /**
     * @param arguments only those that the prompt declares
     * @throws ToolException an error that the caller can read
     */
    GetPromptResult get(CallContext context, Map<String, String> arguments);

    /** Values for an argument that fit the text typed so far, the best first. */
    default List<String> complete(CallContext context, CompleteRequest request) {
        return List.of();
    }
}
