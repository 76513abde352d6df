package io.mcpdata.mcp.stream;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/**
 * Writes the events of {@link JaxRsEventSink} in place of Jersey's own writer. RESTEasy does not ask for a writer: see
 * {@link OutboundEvents}.
 */
@Provider
@Produces(MediaType.SERVER_SENT_EVENTS)
public class OutboundEventsWriter implements MessageBodyWriter<OutboundSseEvent> {

    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return OutboundSseEvent.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            OutboundSseEvent event,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        if (!(event instanceof OutboundEvents events)) {
            throw new IllegalArgumentException("found " + event.getClass() + "; expected events of JaxRsEventSink");
        }
        events.writeTo(out);
    }
}
