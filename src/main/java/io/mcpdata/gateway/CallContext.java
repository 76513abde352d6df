package io.mcpdata.gateway;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.audit.TraceContext;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.RestrictionsConfig;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.AuthorizedCaller;
import java.util.List;
import java.util.Optional;

/** One running call as a toolkit sees it: who calls, which connections exist for the caller, and its client. Thread-safe. */
public class CallContext {

    private final AuthorizedCaller caller;
    private final Cancellation cancellation;
    private final CallClient client;
    private final RequestOrigin origin;

    CallContext(ClientCall call) {
        this.caller = call.caller();
        this.cancellation = call.cancellation();
        this.client = call.client();
        this.origin = call.origin();
    }

    /** Of a caller whose lists are compared; no call is running. */
    CallContext(AuthorizedCaller caller) {
        this.caller = caller;
        this.cancellation = new Cancellation();
        this.client = CallClient.NONE;
        this.origin = new RequestOrigin("", "", "");
    }

    public final Cancellation cancellation() {
        return cancellation;
    }

    public final CallClient client() {
        return client;
    }

    /** Whether this connection exists for the caller. */
    public final boolean mayUse(String connection) {
        return caller.persona().connection(connection).allowed();
    }

    /** Whether rules decide which tables of the connection exist for the caller. */
    public final boolean hidesTables(ConnectionConfig connection) {
        return caller.persona().limitsTables(connection);
    }

    /** The rules that decide which tables of the connection exist for the caller. */
    public final List<String> tableRules(ConnectionConfig connection) {
        return caller.persona().tableRules(connection);
    }

    /** The rule by which a table does not exist for the caller; empty if it does. */
    public final Optional<String> tableHiddenBy(ConnectionConfig connection, String schema, String table) {
        AccessDecision decision = caller.persona().table(connection, schema, table);
        return decision.allowed() ? Optional.empty() : Optional.of(decision.rule());
    }

    /** The masks and row filters of the caller. */
    public final RestrictionsConfig restrictions() {
        return caller.persona().config().restrictions();
    }

    /** Of how many rows a description of a table may show values; 0 if of none. */
    public final int sampleRows() {
        return caller.persona().sampleRows();
    }

    /** Whether this tool exists for the caller, if there is one of that name. */
    public final boolean mayCall(String tool) {
        return caller.persona().tool(tool).allowed();
    }

    /** Whether the persona allows a resource of this URI. */
    public final boolean mayRead(String uri) {
        return caller.persona().resource(uri).allowed();
    }

    /** One value for all credentials of a caller, different from every other caller's. */
    public final String callerIdentity() {
        return caller.identity();
    }

    public final String callerName() {
        return caller.name();
    }

    public final String authenticationMethod() {
        return caller.method();
    }

    public final List<String> roles() {
        return caller.roles();
    }

    /**
     * The texts of a claim in the caller's token; empty if the token has no such claim or the caller has no token. No
     * answer, log or audit row may show them.
     *
     * @param path the claim's name, or names separated by points that lead into objects
     */
    public final List<String> claimTexts(String path) {
        return caller.claimTexts(path);
    }

    public final String personaName() {
        return caller.persona().name();
    }

    public final String personaDisplayName() {
        return caller.persona().displayName();
    }

    /** The name of the called tool; empty if no tool is called. */
    public String tool() {
        return "";
    }

    /** The id of the request, which its audit row has; empty if no call is running. */
    public final String requestId() {
        return origin.requestId();
    }

    /** The place of the call in its trace, as W3C Trace Context writes it; empty if there is no trace. */
    public final String traceparent() {
        return origin.trace().map(TraceContext::traceparent).orElse("");
    }

    /** The limits of the caller, whose persona may have others than all callers have. */
    public final LimitsConfig limits(LimitsConfig ofAll) {
        return caller.persona().limits(ofAll);
    }

    public final String personaDescription() {
        return caller.persona().description();
    }
}
