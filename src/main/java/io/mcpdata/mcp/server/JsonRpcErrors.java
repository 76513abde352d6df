package io.mcpdata.mcp.server;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** Turns the outcome of a request into its answer. */
final class JsonRpcErrors {

    private static final Logger LOG = System.getLogger(JsonRpcErrors.class.getName());

    private JsonRpcErrors() {}

    /**
     * The supplied answer, or the error that came instead. An unexpected error becomes a generic text with the
     * request's id; its cause goes to the log. Errors of the JVM are caught as well: otherwise a statement nested too
     * deep for the stack would leave its client waiting without end.
     */
    static String of(JsonRpcId id, String requestId, Supplier<String> answer) {
        try {
            return answer.get();
        } catch (ProtocolException e) {
            return JsonRpc.error(id, e.code(), e.getMessage());
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "request " + requestId + " could not be audited", e);
            return JsonRpc.error(id, ErrorCode.SERVER_ERROR, AuditUnavailableException.TO_THE_CALLER);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request " + requestId + " failed", e);
            return JsonRpc.error(
                    id,
                    ErrorCode.INTERNAL_ERROR,
                    "Internal error; search the server's log for request id " + requestId + ".");
        }
    }
}
