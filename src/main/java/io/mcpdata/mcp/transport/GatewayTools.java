package io.mcpdata.mcp.transport;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Tool;
import io.mcpdata.tool.Cancellation;
import io.mcpdata.tool.ToolGateway;
import java.util.List;

/** The tools behind the platform's gateway. */
record GatewayTools(ToolGateway gateway) implements Tools {

    @Override
    public List<Tool> list(AuthorizedCaller caller) {
        return gateway.list(caller);
    }

    @Override
    public CallToolResult call(
            AuthorizedCaller caller, CallToolRequest request, RequestOrigin origin, Cancellation cancellation) {
        return gateway.call(caller, request, origin, cancellation);
    }
}
