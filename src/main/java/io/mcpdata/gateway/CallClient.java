package io.mcpdata.gateway;

import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.LogLevel;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;

/**
 * The client of a running call, as a toolkit sees it. Notifications that the client did not ask for, or cannot receive,
 * are dropped. Thread-safe; only {@link #ask} blocks.
 */
public interface CallClient {

    /** Receives nothing. */
    CallClient NONE = new CallClient() {
        @Override
        public void progress(double progress, double total, String message) {
            // dropped
        }

        @Override
        public void log(LogLevel level, String logger, JsonValue data) {
            // dropped
        }

        @Override
        public boolean supports(InputRequest.Kind kind) {
            return false;
        }

        @Override
        public Map<String, JsonObject> ask(Map<String, InputRequest> requests) {
            throw new ToolException("input_unavailable", "This client cannot be asked for input.");
        }

        @Override
        public void reconnect(Duration delay) {
            // there is no connection
        }

        @Override
        public boolean continueAsTask() {
            return false;
        }

        @Override
        public void requireTask() {
            throw new ToolException("capability_missing", "This client has no tasks.");
        }
    };

    /**
     * Sends {@code notifications/progress}, if the request had a progress token. Until the first time, the platform
     * reports every five seconds that the call still runs.
     *
     * @param progress must grow from call to call; a smaller value is dropped
     * @param total 0 if it is unknown
     * @param message for the user; empty if there is none
     */
    void progress(double progress, double total, String message);

    /**
     * Sends {@code notifications/message}, if the client wants messages of this level.
     *
     * @param logger what writes the message
     * @param data any JSON; must not contain a secret
     */
    void log(LogLevel level, String logger, JsonValue data);

    /** Whether the client has declared that it answers such requests. */
    boolean supports(InputRequest.Kind kind);

    /**
     * Asks the client, and gives its answers. With an older revision this waits for the client. A client of revision
     * 2026-07-28 sends its request again with the answers: this method throws then, and the toolkit is called again from
     * its beginning. So ask before you do anything that must happen once only, and always with the same keys.
     *
     * @param requests by a key that is unique within the call
     * @return the results of the requests by their keys, as the client sent them: check them before use
     * @throws ToolException if the client cannot be asked, does not answer in time, or answers with an error
     * @throws InputRequiredException if the answers come with the client's next request; do not catch it
     */
    Map<String, JsonObject> ask(Map<String, InputRequest> requests);

    /**
     * Closes the connection that waits for the response, if the client can resume it; the response waits for the client.
     *
     * @param delay after which the client should connect again
     */
    void reconnect(Duration delay);

    /**
     * Answers the client with a task now, if the client understands tasks (extension {@code
     * io.modelcontextprotocol/tasks}); the call continues, and the client asks for its outcome. The platform does the same
     * with every call of a tool that takes longer than {@code limits.task_after}. From now on {@link #ask} waits.
     *
     * @return whether the call is a task
     */
    boolean continueAsTask();

    /**
     * The same for a tool that cannot be used without tasks.
     *
     * @throws ToolException if the client of an older revision has no tasks, or there are too many
     * @throws io.mcpdata.protocol.ProtocolException if the client does not say that it understands tasks
     */
    void requireTask();
}
