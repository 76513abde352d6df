package io.mcpdata.mcp.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;
import sun.misc.SignalHandler;

@SuppressWarnings("sunapi") // signals have no other interface
final class TerminationSignalTest {

    private static final Signal TERM = new Signal("TERM");

    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private SignalHandler original = SignalHandler.SIG_DFL;

    @BeforeEach
    void theServerHandlesTheSignal() {
        original = Signal.handle(TERM, signal -> happened.add("server"));
    }

    @AfterEach
    void giveTheSignalBack() {
        Signal.handle(TERM, original);
    }

    @Test
    void theApplicationComesBeforeTheServer() throws InterruptedException {
        TerminationSignal signal = new TerminationSignal(() -> happened.add("application"));
        signal.install();

        Signal.raise(TERM);

        assertThat(List.of(next(), next())).containsExactly("application", "server");
    }

    @Test
    void aSecondSignalIsTheServersAlone() throws InterruptedException {
        TerminationSignal signal = new TerminationSignal(() -> happened.add("application"));
        signal.install();

        Signal.raise(TERM);
        List<String> first = List.of(next(), next());
        Signal.raise(TERM);

        assertThat(first).containsExactly("application", "server");
        assertThat(next()).isEqualTo("server");
    }

    @Test
    void aSecondSignalDoesNotEndTheServerBeforeTheApplicationIsReady() throws InterruptedException {
        CountDownLatch calls = new CountDownLatch(1);
        TerminationSignal signal = new TerminationSignal(() -> {
            happened.add("begun");
            awaitWithin10Seconds(calls);
            happened.add("application");
        });
        signal.install();

        Signal.raise(TERM);
        assertThat(next()).isEqualTo("begun");
        Signal.raise(TERM);
        String meanwhile = happened.poll(500, TimeUnit.MILLISECONDS);
        calls.countDown();

        assertThat(meanwhile).as("while calls still run").isNull();
        assertThat(List.of(next(), next(), next())).containsExactly("application", "server", "server");
    }

    @Test
    void theServerStopsEvenIfTheApplicationFails() throws InterruptedException {
        new TerminationSignal(() -> {
                    throw new IllegalStateException("broken");
                })
                .install();

        Signal.raise(TERM);

        assertThat(next()).isEqualTo("server");
    }

    @Test
    void uninstalledItIsTheServersAlone() throws InterruptedException {
        TerminationSignal signal = new TerminationSignal(() -> happened.add("application"));
        signal.install();
        signal.uninstall();

        Signal.raise(TERM);

        assertThat(next()).isEqualTo("server");
        assertThat(happened).isEmpty();
    }

    @Test
    void anApplicationThatCameLaterKeepsTheSignal() throws InterruptedException {
        TerminationSignal first = new TerminationSignal(() -> happened.add("first"));
        TerminationSignal second = new TerminationSignal(() -> happened.add("second"));
        first.install();
        second.install();
        first.uninstall();

        Signal.raise(TERM);

        assertThat(next()).isEqualTo("second");
    }

    private static void awaitWithin10Seconds(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String next() throws InterruptedException {
        String next = happened.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing in time" : next;
    }
}
