package io.mcpdata.mcp.server;

import io.mcpdata.json.Json;
import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.protocol.FeatureResult;
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

    private static final String COMPLETE = "complete";

    private final Supplier<Implementation> server;
    private volatile Written written = new Written(new Implementation("", ""), "");

    /** The server's name and version, written once for many results. */
    private record Written(Implementation server, String json) {}

    Results(Supplier<Implementation> server) {
        this.server = server;
    }

    String of(Exchange exchange, JsonRpcId id, FeatureResult result) {
        String json = result.write(exchange.initialization().client());
        return result.isCacheable() ? cacheable(exchange, id, json) : with(exchange, id, json, members(result.type()));
    }

    /** @param result compact JSON of an object */
    String of(Exchange exchange, JsonRpcId id, String result) {
        return with(exchange, id, result, members(COMPLETE));
    }

    /** A result without members of its own. */
    String done(Exchange exchange, JsonRpcId id) {
        return of(exchange, id, "{}");
    }

    /**
     * A result that depends on the caller's persona and that the client may keep.
     *
     * @param result compact JSON of an object
     */
    String cacheable(Exchange exchange, JsonRpcId id, String result) {
        return with(
                exchange, id, result, members(COMPLETE) + ",\"ttlMs\":" + TTL_MILLIS + ",\"cacheScope\":\"private\"");
    }

    private String members(String type) {
        return "\"resultType\":\"" + type + "\",\"_meta\":{\"" + RequestMeta.SERVER_INFO + "\":" + json(server.get())
                + "}";
    }

    private String json(Implementation now) {
        Written known = written;
        if (!known.server().equals(now)) {
            known = new Written(now, Json.write(now.toJson()));
            written = known;
        }
        return known.json();
    }

    private static String with(Exchange exchange, JsonRpcId id, String result, String members) {
        return JsonRpc.result(id, exchange.initialization().revision().isStateless() ? with(result, members) : result);
    }

    private static String with(String object, String members) {
        return "{" + members + (object.equals("{}") ? "" : ",") + object.substring(1);
    }
}
