package io.mcpdata.gateway;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.CallToolRequest;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Tool;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The tools that exist for a caller. Thread-safe. */
public interface Tools {

    /** The caller's tools, in a stable order. */
    List<Tool> list(AuthorizedCaller caller);

    /**
     * Blocks until the tool is done.
     *
     * @param late gets the outcome on another thread, if the tool does not end before the deadline of the call
     * @return the result; empty if the outcome has been given to {@code late}
     * @throws ProtocolException ({@code INVALID_PARAMS}) if there is no such tool for the caller, or the arguments are
     *     not valid
     */
    Optional<CallToolResult> call(
            AuthorizedCaller caller,
            CallToolRequest request,
            RequestOrigin origin,
            Cancellation cancellation,
            Consumer<Supplier<CallToolResult>> late);
}
