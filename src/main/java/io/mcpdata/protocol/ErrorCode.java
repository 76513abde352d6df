package io.mcpdata.protocol;

/** Error codes of JSON-RPC 2.0 and of MCP. */
public enum ErrorCode {
    PARSE_ERROR(-32700),
    INVALID_REQUEST(-32600),
    METHOD_NOT_FOUND(-32601),
    INVALID_PARAMS(-32602),
    INTERNAL_ERROR(-32603),
    /** A limit is reached, or a call cannot be audited. */
    SERVER_ERROR(-32000),
    /** Revisions before 2026-07-28, which has {@link #INVALID_PARAMS} instead. */
    RESOURCE_NOT_FOUND(-32002),
    /** Revision 2026-07-28: headers and body of a request differ, or a header is missing. */
    HEADER_MISMATCH(-32020),
    /** Revision 2026-07-28: the request needs a capability that the client did not declare. */
    MISSING_CLIENT_CAPABILITY(-32021),
    /** Revision 2026-07-28: the platform does not have the revision of the request. */
    UNSUPPORTED_PROTOCOL_VERSION(-32022);

    private final int code;

    ErrorCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
