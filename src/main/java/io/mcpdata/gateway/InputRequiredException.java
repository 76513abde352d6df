package io.mcpdata.gateway;

import io.mcpdata.protocol.InputRequiredResult;

/** Ends a call whose client must send its request again with more input (MCP 2026-07-28, Multi Round-Trip Requests). */
public final class InputRequiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialized
    private final InputRequiredResult result;

    public InputRequiredException(InputRequiredResult result) {
        super(null, null, false, false);
        this.result = result;
    }

    public InputRequiredResult result() {
        return result;
    }
}
