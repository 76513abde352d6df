package io.mcpdata.gateway;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Tool;
import java.util.List;

/** The tools that exist for a caller. Thread-safe. */
public interface Tools {

    /** The caller's tools, in a stable order. */
    List<Tool> list(AuthorizedCaller caller);

    /**
     * Blocks until the tool is done.
     *
     * @throws ProtocolException ({@code INVALID_PARAMS}) if there is no such tool for the caller, or the arguments are
     *     not valid
     */
    CallToolResult call(
            AuthorizedCaller caller, CallToolRequest request, RequestOrigin origin, Cancellation cancellation);
}
