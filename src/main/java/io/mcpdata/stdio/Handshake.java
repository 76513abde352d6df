package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how the client opened its session, so that the session can be opened again on a restarted server. Confined
 * to one thread.
 */
final class Handshake {

    private static final String REPLAY_ID = "mcp-data-platform-bridge-initialize-";

    private @Nullable RpcMessage initialize;
    private @Nullable RpcMessage initialized;
    private boolean complete;
    private boolean toolsMayChange;
    private int replays;

    /** Sees each message of the client. */
    void sending(RpcMessage message) {
        if (message.isRequest() && message.calls("initialize")) {
            initialize = message;
            initialized = null;
            complete = false;
        }
    }

    /** Sees each message that the server has accepted. */
    void taken(RpcMessage message) {
        if (message.calls("notifications/initialized")) {
            initialized = message;
        }
    }

    /** Sees each response of the server. */
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

    /** The first message for a newly reached server; empty if the client has not opened a session yet. */
    Optional<RpcMessage> replay() {
        replays++;
        return complete && initialize != null ? Optional.of(initialize.withId(REPLAY_ID + replays)) : Optional.empty();
    }

    boolean isAnswerToReplay(RpcMessage answer) {
        return answer.isResponse() && JsonMembers.text(answer.json(), "id").equals(REPLAY_ID + replays);
    }

    /** The message that ends the replay, if the client had already sent it. */
    Optional<RpcMessage> closing() {
        return Optional.ofNullable(initialized);
    }

    /**
     * The notification for the client after the replay, if the server supports it: a restart may have changed the
     * tools.
     */
    Optional<RpcMessage> news() {
        return toolsMayChange
                ? RpcMessage.read("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}")
                : Optional.empty();
    }
}
