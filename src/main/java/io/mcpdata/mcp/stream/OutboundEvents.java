package io.mcpdata.mcp.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several events in the place of one, so that the container writes and flushes once for all of them.
 * {@link OutboundEventsWriter} writes them. Immutable.
 */
final class OutboundEvents implements OutboundSseEvent {

    private final byte[] text;

    private OutboundEvents(byte[] text) {
        this.text = text;
    }

    static OutboundEvents of(List<StreamEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.text()));
        return new OutboundEvents(text.toString().getBytes(UTF_8));
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(text);
    }

    @Override
    public Class<?> getType() {
        return String.class;
    }

    @Override
    public Type getGenericType() {
        return String.class;
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
    public @Nullable String getName() {
        return null;
    }

    @Override
    public @Nullable String getComment() {
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
        return "OutboundEvents[" + text.length + " bytes]";
    }
}
