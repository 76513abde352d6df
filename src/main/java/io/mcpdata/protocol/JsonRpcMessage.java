package io.mcpdata.protocol;

import jakarta.json.JsonObject;

/** One JSON-RPC 2.0 message, well-formed. Immutable and thread-safe. */
public sealed interface JsonRpcMessage {

    /** Hands the message to the method of the receiver that is meant for its kind. */
    void deliverTo(Receiver receiver);

    /** Takes messages, one method per kind. */
    interface Receiver {

        void request(JsonRpcRequest request);

        void notification(JsonRpcNotification notification);

        void response(JsonRpcResponse response);
    }

    /**
     * Wants an answer.
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
     * Wants no answer, not even an error.
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
     * The client's answer to a request of ours.
     *
     * @param body {@code result} or {@code error}, as it came
     */
    record JsonRpcResponse(JsonRpcId id, JsonObject body) implements JsonRpcMessage {
        @Override
        public void deliverTo(Receiver receiver) {
            receiver.response(this);
        }
    }
}
