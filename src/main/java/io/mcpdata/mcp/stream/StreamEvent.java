package io.mcpdata.mcp.stream;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One Server-Sent Event.
 *
 * @param name the {@code event} field; empty if the event carries no data
 * @param id the {@code id} field, which a client sends as {@code Last-Event-ID} to resume; empty if there is none
 * @param comment text that clients skip; empty if there is none
 * @param retry how long a client should wait before it reconnects; zero if the event does not say
 */
public record StreamEvent(String name, String id, String data, String comment, Duration retry) {

    private static final Pattern LINE_END = Pattern.compile("\r\n|[\r\n]");

    /** Tells the client where to send its messages. */
    public static StreamEvent endpoint(String path) {
        return new StreamEvent("endpoint", "", path, "", Duration.ZERO);
    }

    public static StreamEvent message(String jsonRpc) {
        return new StreamEvent("message", "", jsonRpc, "", Duration.ZERO);
    }

    /**
     * An event that is no message of MCP.
     *
     * @param id empty if a client cannot resume after it
     */
    public static StreamEvent of(String name, String id, String data) {
        return new StreamEvent(name, id, data, "", Duration.ZERO);
    }

    /** A message after which a client can resume. */
    public static StreamEvent message(String id, String jsonRpc) {
        return new StreamEvent("message", id, jsonRpc, "", Duration.ZERO);
    }

    /** Gives the client an id from which it can resume before there is a message; its data is empty. */
    public static StreamEvent priming(String id) {
        return message(id, "");
    }

    public static StreamEvent heartbeat() {
        return new StreamEvent("", "", "", "keep-alive", Duration.ZERO);
    }

    /** Has an event name that MCP clients ignore, because the servers write {@code retry} only beside data. */
    public static StreamEvent comeBackIn(Duration retry) {
        return new StreamEvent("shutdown", "", "", "the server shuts down", retry);
    }

    /** Only tells the client how long to wait before it reconnects. */
    public static StreamEvent retry(Duration retry) {
        return new StreamEvent("", "", "", "", retry);
    }

    /** The event as a stream has it, with the empty line that ends it. The name comes first. */
    public String text() {
        StringBuilder text = new StringBuilder(data.length() + 64);
        if (hasData()) {
            text.append("event: ").append(name).append('\n');
        }
        if (!id.isEmpty()) {
            text.append("id: ").append(id).append('\n');
        }
        if (!retry.isZero()) {
            text.append("retry: ").append(retry.toMillis()).append('\n');
        }
        if (hasData()) {
            text.append("data: ")
                    .append(isOneLine() ? data : LINE_END.matcher(data).replaceAll("\ndata: "))
                    .append('\n');
        }
        if (!comment.isEmpty()) {
            text.append(": ").append(comment).append('\n');
        }
        return text.append('\n').toString();
    }

    /** Most data is: JSON has no line ends. */
    private boolean isOneLine() {
        return data.indexOf('\n') < 0 && data.indexOf('\r') < 0;
    }

    boolean hasData() {
        return !name.isEmpty();
    }

    /** The data may contain a session's token, so it is never printed. */
    @Override
    public String toString() {
        return "StreamEvent[" + (hasData() ? name : comment) + "]";
    }
}
