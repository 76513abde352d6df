package io.mcpdata.mcp.streamable;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an event, as a client sends it in {@code Last-Event-ID}.
 *
 * @param log the stream that sent the event
 * @param number the event's place in that stream
 */
record EventId(String log, int number) {

    /** What the name of a session's stream for messages of the server begins with, and no other stream's. */
    static final String MESSAGES = "m";

    /** What the name of a stream for an answer begins with. */
    static final String ANSWER = "a";

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{1,64})-(\\d{1,9})");

    /** Whether the event is of a session's stream for messages of the server. */
    boolean isOfMessages() {
        return log.startsWith(MESSAGES);
    }

    /** Empty if the text is not an id of an event. */
    static Optional<EventId> of(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new EventId(parts.group(1), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }
}
