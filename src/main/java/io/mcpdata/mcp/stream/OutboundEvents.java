package io.mcpdata.mcp.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several events in the place of one, so that the container writes and flushes once for all of them. Jersey writes them
 * with {@link OutboundEventsWriter}. RESTEasy always uses its own writer, which writes {@code event: } and the name as it
 * is: so the name is the rest of the text, and the other fields are empty. Immutable.
 */
final class OutboundEvents implements OutboundSseEvent {

    private static final String NAME = "event: ";

    /** The empty line and the end of the line before it: RESTEasy adds both. */
    private static final int END = 2;

    private final String text;
    private final String comment;

    private OutboundEvents(String text, String comment) {
        this.text = text;
        this.comment = comment;
    }

    /** An event without data, such as a heartbeat, follows those with data: nothing depends on its place. */
    static OutboundEvents of(List<StreamEvent> events) {
        String text = Stream.concat(
                        events.stream().filter(StreamEvent::hasData),
                        events.stream().filter(event -> !event.hasData()))
                .map(StreamEvent::text)
                .collect(Collectors.joining());
        return new OutboundEvents(text, events.get(0).comment());
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    private boolean hasData() {
        return text.startsWith(NAME);
    }

    @Override
    public @Nullable String getName() {
        return hasData() ? text.substring(NAME.length(), text.length() - END) : null;
    }

    @Override
    public @Nullable String getComment() {
        return hasData() || comment.isEmpty() ? null : comment;
    }

    /** RESTEasy writes the name only if there is a type. */
    @Override
    public @Nullable Class<?> getType() {
        return hasData() ? String.class : null;
    }

    @Override
    public @Nullable Type getGenericType() {
        return getType();
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.TEXT_PLAIN_TYPE;
    }

    @Override
    public @Nullable Object getData() {
        return null;
    }

    @Override
    public @Nullable String getId() {
        return null;
    }

    @Override
    public long getReconnectDelay() {
        return RECONNECT_NOT_SET;
    }

    @Override
    public boolean isReconnectDelaySet() {
        return false;
    }

    /** The data may contain a session's token, so it is never printed. */
    @Override
    public String toString() {
        return "OutboundEvents[" + text.length() + " characters]";
    }
}
