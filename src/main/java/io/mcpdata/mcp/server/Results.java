package io.mcpdata.mcp.server;

import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.protocol.Implementation;
import io.mcpdata.protocol.JsonRpc;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.RequestMeta;
import java.util.function.Supplier;

/**
 * Writes results as the revision of the client has them. Revision 2026-07-28 wants members that older revisions do not
 * know: whether the result is complete, who the server is, and for how long a client may keep it. Thread-safe.
 */
final class Results {

    /** A client may use a list for so long, unless it is told earlier that the list has changed. */
    private static final int TTL_MILLIS = 60_000;

    private final Supplier<Implementation> server;

    Results(Supplier<Implementation> server) {
        this.server = server;
    }

    /** @param result compact JSON of an object */
    String of(Exchange exchange, JsonRpcId id, String result) {
        return JsonRpc.result(id, isStateless(exchange) ? with(result, complete()) : result);
    }

    /**
     * A result that depends on the caller's persona and that the client may keep.
     *
     * @param result compact JSON of an object
     */
    String cacheable(Exchange exchange, JsonRpcId id, String result) {
        return JsonRpc.result(
                id,
                isStateless(exchange)
                        ? with(result, complete() + ",\"ttlMs\":" + TTL_MILLIS + ",\"cacheScope\":\"private\"")
                        : result);
    }

    private String complete() {
        return "\"resultType\":\"complete\",\"_meta\":{\"" + RequestMeta.SERVER_INFO + "\":"
                + Json.write(server.get().toJson()) + "}";
    }

    private static String with(String object, String members) {
        return "{" + members + (object.equals("{}") ? "" : ",") + object.substring(1);
    }

    private static boolean isStateless(Exchange exchange) {
        return exchange.initialization().revision().isStateless();
    }
}
