package io.mcpdata.stdio;

import java.time.Duration;
import java.util.Optional;

/**
 * Turns the lines of a {@code text/event-stream} into events, as the HTML standard's "Interpreting an event stream"
 * says. Confined to one thread.
 */
final class EventStreamParser {

    /** One event with data. */
    record Event(String type, String data) {}

    private static final String STANDARD_TYPE = "message";
    private static final int LONGEST_NUMBER = 9;

    private final StringBuilder data = new StringBuilder();
    private String type = STANDARD_TYPE;
    private boolean first = true;
    private Optional<Duration> retry = Optional.empty();
    private String id = "";

    /** Takes a line without its line end; returns the event that the line completes. */
    Optional<Event> line(String given) {
        String line = first && given.startsWith("\ufeff") ? given.substring(1) : given;
        first = false;
        if (line.isEmpty()) {
            return complete();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        field(field, value.startsWith(" ") ? value.substring(1) : value);
        return Optional.empty();
    }

    /** How long the server asks a client to wait before it reconnects, if the server said so. */
    Optional<Duration> retry() {
        return retry;
    }

    /** The id of the last event that had one a header can carry; empty if there was none. */
    Optional<String> lastEventId() {
        return id.matches("[\\x21-\\x7e]{1,256}") ? Optional.of(id) : Optional.empty();
    }

    private void field(String field, String value) {
        switch (field) {
            case "event" -> type = value;
            case "id" -> id = value;
            case "data" -> data.append(value).append('\n');
            case "retry" -> {
                if (value.matches("\\d{1," + LONGEST_NUMBER + "}")) {
                    retry = Optional.of(Duration.ofMillis(Long.parseLong(value)));
                }
            }
            default -> {
                // ignores comments and unknown fields
            }
        }
    }

    private Optional<Event> complete() {
        Optional<Event> event = data.length() == 0
                ? Optional.empty()
                : Optional.of(new Event(type.isEmpty() ? STANDARD_TYPE : type, data.substring(0, data.length() - 1)));
        data.setLength(0);
        type = STANDARD_TYPE;
        return event;
    }
}
