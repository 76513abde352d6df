package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The SQL comment in front of a statement, by which the database's own log and its list of statements lead to the audit row
 * and the trace. It has hexadecimal digits and hyphens of the platform's own making only, so that no client can put other text
 * into a statement. Immutable.
 *
 * @param text with a space at its end; empty if there is nothing to say
 */
record StatementComment(String text) {

    static final StatementComment NONE = new StatementComment("");

    private static final Pattern VALUE = Pattern.compile("[0-9a-f-]{1,64}");

    static StatementComment of(CallContext call) {
        return of(call.requestId(), call.traceparent());
    }

    static StatementComment of(String requestId, String traceparent) {
        List<String> parts = new ArrayList<>();
        add(parts, "request_id", requestId);
        add(parts, "traceparent", traceparent);
        return parts.isEmpty() ? NONE : new StatementComment("/* " + String.join(", ", parts) + " */ ");
    }

    private static void add(List<String> parts, String name, String value) {
        // two hyphens begin a comment in most databases
        if (VALUE.matcher(value).matches() && !value.contains("--")) {
            parts.add(name + "=" + value);
        }
    }
}
