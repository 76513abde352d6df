package io.mcpdata.mcp.exchange;

import io.mcpdata.protocol.ErrorCode;
import java.time.Duration;

/**
 * One message of a client and the way back to that client, as a handler sees them. It does not expose session, stream
 * or HTTP: each transport has its own implementation. Thread-safe.
 */
public interface Exchange {

    /** The sender of the message and the sender's address. */
    Requester requester();

    /** The revision and what else the client sent with {@code initialize}, or with this request. */
    Initialization initialization();

    /** The calls of this client that still run, by the ids of their requests. */
    RunningCalls calls();

    /** The resources whose updates this client wants to be told. */
    ResourceSubscriptions subscriptions();

    /** The requests of the server that this client has not answered yet. */
    ClientRequests requests();

    /** The response will come later, from another thread. */
    default void awaitResponse() {}

    /**
     * Sends a message that belongs to the client's message, before the response. Does not block.
     *
     * @param message one JSON-RPC notification or request
     * @return false, and the message is dropped, if the client cannot receive any before the response
     */
    boolean send(String message);

    /**
     * Closes the connection that waits for the response, if the client can resume it.
     *
     * @param delay after which the client should connect again
     */
    default void reconnect(Duration delay) {}

    /**
     * Sends the response to the message; drops it if the client has disconnected. Does not block.
     *
     * @param response one JSON-RPC response
     */
    void reply(String response);

    /**
     * Sends a response that is an error. A transport with a status for each response derives it from the code.
     *
     * @param response one JSON-RPC response
     */
    default void refuse(ErrorCode code, String response) {
        reply(response);
    }

    /**
     * Sends the response, although the call continues: only a cancellation or the end of its credential ends it early.
     *
     * @param response one JSON-RPC response
     */
    default void detach(String response) {
        reply(response);
    }

    /** The call whose response was sent by {@link #detach} has ended. */
    default void endDetached() {}

    /** No response will come, because the client cancelled its request. */
    default void end() {}
}
