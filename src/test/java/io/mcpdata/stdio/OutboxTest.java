package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutboxTest {

    private static final Instant DEADLINE = RecordingTerminal.NOW.plusSeconds(10);
    private static final RpcMessage INITIALIZE = message("{\"id\":0,\"method\":\"initialize\"}");
    private static final RpcMessage INITIALIZED = message("{\"method\":\"notifications/initialized\"}");
    private static final RpcMessage FIRST = message("{\"id\":1,\"method\":\"tools/call\"}");
    private static final RpcMessage SECOND = message("{\"id\":2,\"method\":\"tools/call\"}");
    private static final RpcMessage ANSWER = message("{\"id\":\"s-1\",\"result\":{}}");
    private static final RpcMessage CANCEL_FIRST =
            message("{\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}");

    private final Outbox outbox = new Outbox();

    private static RpcMessage message(String text) {
        return RpcMessage.read(text).orElseThrow();
    }

    private void add(RpcMessage... messages) {
        for (RpcMessage message : messages) {
            outbox.add(message, DEADLINE);
        }
    }

    private Optional<RpcMessage> next() {
        return outbox.take().map(Outbox.Outgoing::message);
    }

    private void send(RpcMessage expected) {
        assertThat(next()).contains(expected);
        outbox.sent();
    }

    @Test
    void oneMessageIsUnderWayAtATime() {
        add(FIRST, SECOND);

        assertThat(next()).contains(FIRST);
        assertThat(next()).isEmpty();
        outbox.sent();
        assertThat(next()).contains(SECOND);
    }

    @Test
    void whatGoesFirstGoesOnce() {
        add(INITIALIZED, FIRST);
        next();
        outbox.connectionLost();

        outbox.addFirst(INITIALIZED, DEADLINE);

        send(INITIALIZED);
        send(FIRST);
        assertThat(next()).isEmpty();
    }

    @Test
    void aMessageThatWasNotTakenIsTheNextAgain() {
        add(FIRST, SECOND);
        next();

        outbox.putBack();

        assertThat(next()).contains(FIRST);
    }

    @Test
    void aRequestIsDoneWhenItIsAnsweredHoweverItsIdIsWritten() {
        add(FIRST);
        send(FIRST);
        assertThat(outbox.isEmpty()).isFalse();

        assertThat(outbox.answered(message("{\"id\":1.0,\"result\":1}").id())).isTrue();

        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.answered(FIRST.id())).isFalse();
    }

    @Test
    void whatWasSentIsLostWithTheConnectionAndWhatWasNotIsKept() {
        add(FIRST, SECOND);
        send(FIRST);

        assertThat(outbox.connectionLost()).containsExactly(FIRST);

        assertThat(next()).contains(SECOND);
        assertThat(outbox.answered(FIRST.id())).isFalse();
    }

    @Test
    void whatIsUnderWayIsLostWithTheConnection() {
        add(FIRST);
        next();

        assertThat(outbox.connectionLost()).containsExactly(FIRST);

        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whatOpensASessionIsSentAgain() {
        add(INITIALIZE, INITIALIZED);
        send(INITIALIZE);
        assertThat(outbox.connectionLost()).isEmpty();
        send(INITIALIZE);
        outbox.answered(INITIALIZE.id());
        assertThat(next()).contains(INITIALIZED);
        assertThat(outbox.connectionLost()).isEmpty();

        send(INITIALIZED);
    }

    @Test
    void answersToAServerThatIsGoneAreDropped() {
        add(ANSWER, FIRST);

        assertThat(outbox.connectionLost()).isEmpty();

        assertThat(next()).contains(FIRST);
    }

    @Test
    void aRequestThatIsCancelledBeforeItIsSentNeverIsNorIsItsCancellation() {
        add(SECOND, FIRST, CANCEL_FIRST);

        send(SECOND);

        assertThat(next()).isEmpty();
        assertThat(outbox.answered(FIRST.id())).isFalse();
    }

    @Test
    void aRequestThatIsCancelledAfterwardsNeedsNoAnswer() {
        add(FIRST);
        send(FIRST);
        add(CANCEL_FIRST);

        send(CANCEL_FIRST);

        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.connectionLost()).isEmpty();
    }

    @Test
    void whatWaitsTooLongIsGivenBackWithTheServersReason() {
        add(FIRST, ANSWER);
        next();
        outbox.putBack("busy");
        assertThat(outbox.expired(DEADLINE)).isEmpty();

        assertThat(outbox.expired(DEADLINE.plusMillis(1))).containsExactly(new Outbox.Late(FIRST, Optional.of("busy")));

        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void whatWasSentDoesNotExpire() {
        add(FIRST);
        send(FIRST);

        assertThat(outbox.expired(DEADLINE.plusSeconds(1))).isEmpty();
        assertThat(outbox.answered(FIRST.id())).isTrue();
    }

    @Test
    void everythingThatNeedsAnAnswerIsGivenBackInTheEnd() {
        add(FIRST, SECOND, INITIALIZED);
        send(FIRST);

        assertThat(outbox.abandon()).containsExactly(FIRST, SECOND);
        assertThat(outbox.isEmpty()).isTrue();
    }
}
