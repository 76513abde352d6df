package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the client opened its session, so that the same can be said to a server that came back. Confined to one thread.
 */
final class Handshake {

    private static final String REPLAY_ID = "mcp-data-platform-bridge-initialize-";

    private @Nullable RpcMessage initialize;
    private @Nullable RpcMessage initialized;
    private boolean complete;
    private boolean toolsMayChange;
    private int replays;

    /** Looks at what the client says. */
    void sending(RpcMessage message) {
        if (message.isRequest() && message.calls("initialize")) {
            initialize = message;
            initialized = null;
            complete = false;
        }
    }

    /** Looks at what the server has taken. */
    void taken(RpcMessage message) {
        if (message.calls("notifications/initialized")) {
            initialized = message;
        }
    }

    /** Looks at what the server answers. */
    void answering(RpcMessage answer) {
        if (initialize != null
                && answer.id().equals(initialize.id())
                && answer.json().has("result")) {
            complete = true;
            JsonObject capabilities = JsonMembers.object(JsonMembers.object(answer.json(), "result"), "capabilities");
            toolsMayChange = JsonMembers.text(JsonMembers.object(capabilities, "tools"), "listChanged")
                    .equals("true");
        }
    }

    /** What a server that has just been reached must hear first; empty if the client has not opened a session yet. */
    Optional<RpcMessage> replay() {
        replays++;
        return complete && initialize != null ? Optional.of(initialize.withId(REPLAY_ID + replays)) : Optional.empty();
    }

    boolean isAnswerToReplay(RpcMessage answer) {
        return answer.isResponse() && JsonMembers.text(answer.json(), "id").equals(REPLAY_ID + replays);
    }

    /** What ends the replay, if the client had come so far. */
    Optional<RpcMessage> closing() {
        return Optional.ofNullable(initialized);
    }

    /** What the client is told afterwards, if the server had promised to tell: a restart may have changed the tools. */
    Optional<RpcMessage> news() {
        return toolsMayChange
                ? RpcMessage.read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}")
                : Optional.empty();
    }
}
