package io.mcpdata.protocol;

import jakarta.json.JsonObject;

/** One JSON-RPC 2.0 message, well-formed. Immutable and thread-safe. */
public sealed interface JsonRpcMessage {

    /** Calls the receiver's method for this kind of message. */
    void deliverTo(Receiver receiver);

    /** Receives messages, one method per kind. */
    interface Receiver {

        void request(JsonRpcRequest request);

        void notification(JsonRpcNotification notification);

        void response(JsonRpcResponse response);
    }

    /**
     * Requires a response.
     *
     * @param params an empty object if the message had none
     */
    record JsonRpcRequest(JsonRpcId id, String method, JsonObject params) implements JsonRpcMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.request(this);
        }
    }

    /**
     * Gets no response, not even an error.
     *
     * @param params an empty object if the message had none
     */
    record JsonRpcNotification(String method, JsonObject params) implements JsonRpcMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.notification(this);
        }
    }

    /**
     * The client's response to a request from the server.
     *
     * @param body {@code result} or {@code error}, unchanged
     */
    record JsonRpcResponse(JsonRpcId id, JsonObject body) implements JsonRpcMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.response(this);
        }
    }
}
