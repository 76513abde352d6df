package io.mcpdata.mcp.server;

import io.mcpdata.json.Json;
import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.FeatureResult;
import io.mcpdata.protocol.Task.Status;
import io.mcpdata.servers.SharedTasks;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A task that another server runs, or that one has run, as the store has it. Immutable and thread-safe. */
final class TaskElsewhere implements CallerTask {

    private final SharedTasks shared;
    private final String id;
    private final SharedTasks.Found found;

    TaskElsewhere(SharedTasks shared, String id, SharedTasks.Found found) {
        this.shared = shared;
        this.id = id;
        this.found = found;
    }

    @Override
    public FeatureResult state() {
        String json = found.isLost() ? lost() : found.state();
        return new FeatureResult() {
            @Override
            public String write(ClientRevision client) {
                return json;
            }
        };
    }

    private String lost() {
        return Json.write(Json.provider()
                .createObjectBuilder(Json.readObject(found.state()))
                .remove("inputRequests")
                .add("status", Status.FAILED.name().toLowerCase(Locale.ROOT))
                .add(
                        "error",
                        Json.object()
                                .add("code", ErrorCode.SERVER_ERROR.code())
                                .add("message", "the server that ran this call has ended; call the tool again"))
                .build());
    }

    @Override
    public void update(Map<String, JsonObject> responses) {
        JsonObject state = Json.readObject(found.state());
        Map<String, String> answers = new HashMap<>();
        if (!found.isLost() && state.get("inputRequests") instanceof JsonObject open) {
            responses.forEach((request, response) -> {
                if (open.containsKey(request)) {
                    answers.put(request, Json.write(response));
                }
            });
        }
        if (!answers.isEmpty()) {
            shared.answer(id, answers);
        }
    }

    @Override
    public void cancel() {
        shared.cancel(id);
    }
}
