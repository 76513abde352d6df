package io.mcpdata.stdio;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which audit rows: one set of options for every command that reads several. The server checks the values. */
final class AuditFilterOptions {

    private final Map<String, String> given = new TreeMap<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Rows at this time or later: 2026-01-31T08:00:00Z, or how long ago, such as 30m, 24h or 90d.")
    void since(@Nullable String value) {
        put("since", value);
    }

    @Option(names = "--until", paramLabel = "TIME", description = "Rows before this time.")
    void until(@Nullable String value) {
        put("until", value);
    }

    @Option(
            names = "--identity",
            paramLabel = "IDENTITY",
            description = "Rows of the caller with this unique identity, such as api_key:0a1b2c3d4e5f.")
    void identity(@Nullable String value) {
        put("identity", value);
    }

    @Option(names = "--caller", paramLabel = "NAME", description = "Rows of callers with this name.")
    void caller(@Nullable String value) {
        put("caller", value);
    }

    @Option(names = "--key-id", paramLabel = "KEY_ID", description = "Rows with this key id, or issuer of tokens.")
    void keyId(@Nullable String value) {
        put("key_id", value);
    }

    @Option(names = "--persona", paramLabel = "NAME", description = "Rows of callers with this persona.")
    void persona(@Nullable String value) {
        put("persona", value);
    }

    @Option(names = "--tool", paramLabel = "NAME", description = "Rows about this tool.")
    void tool(@Nullable String value) {
        put("tool", value);
    }

    @Option(names = "--connection", paramLabel = "NAME", description = "Rows about this connection.")
    void connection(@Nullable String value) {
        put("connection", value);
    }

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "success, denied or error.")
    void outcome(@Nullable String value) {
        put("outcome", value);
    }

    @Option(names = "--category", paramLabel = "WORD", description = "Rows with this reason, such as tool_denied.")
    void category(@Nullable String value) {
        put("category", value);
    }

    @Option(names = "--type", paramLabel = "TYPE", description = "Rows of this type, such as tool_call or key_change.")
    void type(@Nullable String value) {
        put("type", value);
    }

    @Option(names = "--request-id", paramLabel = "ID", description = "Rows of the request with this id.")
    void requestId(@Nullable String value) {
        put("request_id", value);
    }

    @Option(names = "--trace-id", paramLabel = "ID", description = "Rows of requests of the trace with this id.")
    void traceId(@Nullable String value) {
        put("trace_id", value);
    }

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Rows with this text in their parameters, in any case.")
    void text(@Nullable String value) {
        put("text", value);
    }

    /** The given filters by the names of the server's parameters; the caller may add to it. */
    Map<String, String> parameters() {
        return new TreeMap<>(given);
    }

    private void put(String name, @Nullable String value) {
        // picocli also sets options that are not given, to null
        if (value == null) {
            given.remove(name);
        } else {
            given.put(name, value);
        }
    }
}
