package io.mcpdata.mcp.server;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.protocol.ErrorCode;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.ProtocolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns the outcome of a request into its answer. */
final class JsonRpcErrors {

    private static final Logger LOG = System.getLogger(JsonRpcErrors.class.getName());

    private JsonRpcErrors() {}

    /**
     * What a request gets: its response, or the error that came instead.
     *
     * @param text one JSON-RPC response; empty if it comes later
     */
    record Answer(String text, Optional<ErrorCode> error) {

        void send(Exchange exchange) {
            if (error.isPresent()) {
                exchange.refuse(error.get(), text);
            } else if (!text.isEmpty()) {
                exchange.reply(text);
            }
        }
    }

    /**
     * The supplied answer, or the error that came instead. An unexpected error becomes a generic text with the
     * request's id; its cause goes to the log. Errors of the JVM are caught as well: otherwise a statement nested too
     * deep for the stack would leave its client waiting without end.
     */
    static Answer of(Exchange exchange, JsonRpcId id, Supplier<String> answer) {
        RequestOrigin origin = exchange.requester().origin();
        try {
            return new Answer(answer.get(), Optional.empty());
        } catch (ProtocolException e) {
            ErrorCode code = code(exchange, e);
            return new Answer(JsonRpc.error(id, code, e), Optional.of(code));
        } catch (AuditUnavailableException e) {
            LOG.log(Level.DEBUG, "request " + origin.inLog() + " could not be audited", e);
            return error(id, ErrorCode.SERVER_ERROR, AuditUnavailableException.TO_THE_CALLER);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request " + origin.inLog() + " failed", e);
            return error(
                    id,
                    ErrorCode.INTERNAL_ERROR,
                    "Internal error; search the server's log for request id " + origin.requestId() + ".");
        }
    }

    private static ErrorCode code(Exchange exchange, ProtocolException e) {
        return e.code() == ErrorCode.RESOURCE_NOT_FOUND
                        && exchange.initialization().revision().isStateless()
                ? ErrorCode.INVALID_PARAMS
                : e.code();
    }

    private static Answer error(JsonRpcId id, ErrorCode code, String message) {
        return new Answer(JsonRpc.error(id, code, message), Optional.of(code));
    }
}
