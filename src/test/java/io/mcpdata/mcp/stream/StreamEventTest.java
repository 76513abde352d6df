package io.mcpdata.mcp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StreamEventTest {

    @Test
    void textHasTheFieldsOfTheEvent() {
        assertThat(StreamEvent.of("audit", "7", "{\"id\":7}").text())
                .isEqualTo("event: audit\nid: 7\ndata: {\"id\":7}\n\n");
        assertThat(StreamEvent.heartbeat().text()).isEqualTo(": keep-alive\n\n");
        assertThat(StreamEvent.priming("a-1").text()).isEqualTo("event: message\nid: a-1\ndata: \n\n");
        assertThat(StreamEvent.retry(Duration.ofSeconds(2)).text()).isEqualTo("retry: 2000\n\n");
        assertThat(StreamEvent.comeBackIn(Duration.ofSeconds(1)).text())
                .isEqualTo("event: shutdown\nretry: 1000\ndata: \n: the server shuts down\n\n");
    }

    @Test
    void lineEndsInDataBeginNoOtherField() {
        assertThat(StreamEvent.message("a\nevent: b\r\nid: c\rretry: 1\n").text())
                .isEqualTo("event: message\ndata: a\ndata: event: b\ndata: id: c\ndata: retry: 1\ndata: \n\n");
    }
}
