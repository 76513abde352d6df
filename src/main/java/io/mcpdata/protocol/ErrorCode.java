package io.mcpdata.protocol;

/** Error codes of JSON-RPC 2.0 and of MCP. */
public enum ErrorCode {
    PARSE_ERROR(-32700),
    INVALID_REQUEST(-32600),
    METHOD_NOT_FOUND(-32601),
    INVALID_PARAMS(-32602),
    INTERNAL_ERROR(-32603),
    /** The session is not initialized yet, a limit is reached, or a call cannot be audited. */
    SERVER_ERROR(-32000);

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
