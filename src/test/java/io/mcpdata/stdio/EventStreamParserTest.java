package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.stdio.EventStreamParser.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EventStreamParserTest {

    private final EventStreamParser parser = new EventStreamParser();

    private List<Event> events(String... lines) {
        return Stream.of(lines).map(parser::line).flatMap(Optional::stream).toList();
    }

    @Test
    void anEventEndsWithAnEmptyLine() {
        assertThat(events("event: endpoint", "data: /messages", ""))
                .containsExactly(new Event("endpoint", "/messages"));
    }

    @Test
    void anEventWithoutATypeIsAMessage() {
        assertThat(events("data: x", "")).containsExactly(new Event("message", "x"));
    }

    @Test
    void theTypeIsForOneEventOnly() {
        assertThat(events("event: endpoint", "data: x", "", "data: y", ""))
                .containsExactly(new Event("endpoint", "x"), new Event("message", "y"));
    }

    @Test
    void linesOfDataAreJoinedAndOnlyOneSpaceIsTaken() {
        assertThat(events("data:  a", "data:b", "data", "")).containsExactly(new Event("message", " a\nb\n"));
    }

    @Test
    void commentsIdsAndUnknownFieldsAreNoEvents() {
        assertThat(events(": heartbeat", "", "id: 7", "", "future: x", "", "event: empty", ""))
                .isEmpty();
    }

    @Test
    void theTimeToComeBackIsKept() {
        events("retry: 1500", "retry: soon", "retry: 99999999999", "");

        assertThat(parser.retry()).contains(Duration.ofMillis(1500));
    }

    @Test
    void aByteOrderMarkAtTheVeryBeginningIsSkipped() {
        assertThat(events("\ufeffdata: x", "", "\ufeffdata: y", "")).containsExactly(new Event("message", "x"));
    }
}
