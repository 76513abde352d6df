package io.mcpdata.mcp.server;

import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.ProtocolException;

/** What a client has sent is not a JSON-RPC message within the limits. The message goes to the client. */
public final class UnreadableMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean tooLarge;
    private final ErrorCode code;

    private UnreadableMessageException(boolean tooLarge, ErrorCode code, String message) {
        super(message, null, false, false);
        this.tooLarge = tooLarge;
        this.code = code;
    }

    static UnreadableMessageException tooLarge(ProtocolException why) {
        return new UnreadableMessageException(true, why.code(), why.getMessage());
    }

    static UnreadableMessageException malformed(ErrorCode code, String message) {
        return new UnreadableMessageException(false, code, message);
    }

    public boolean isTooLarge() {
        return tooLarge;
    }

    public ErrorCode code() {
        return code;
    }

    /** Never null: the constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
