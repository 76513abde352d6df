package io.mcpdata.mcp.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OutboundEventsTest {

    private static String written(OutboundEvents events) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        events.writeTo(out);
        return out.toString(UTF_8);
    }

    @Test
    void writersOfBothKindsGiveTheSameTextOfAllEvents() throws IOException {
        OutboundEvents events = OutboundEvents.of(List.of(
                StreamEvent.heartbeat(), StreamEvent.of("audit", "7", "{}"), StreamEvent.of("audit", "8", "{\n}")));

        assertThat(written(events))
                .isEqualTo(
                        "event: audit\nid: 7\ndata: {}\n\nevent: audit\nid: 8\ndata: {\ndata: }\n\n: keep-alive\n\n");
        assertThat("event: " + events.getName() + "\n\n").isEqualTo(written(events));
        assertThat(events.getComment()).isNull();
    }

    @Test
    void heartbeatAloneIsAComment() throws IOException {
        OutboundEvents events = OutboundEvents.of(List.of(StreamEvent.heartbeat(), StreamEvent.heartbeat()));

        assertThat(events.getComment()).isEqualTo("keep-alive");
        assertThat(events.getName()).isNull();
        assertThat(written(events)).startsWith(": keep-alive\n\n");
    }
}
