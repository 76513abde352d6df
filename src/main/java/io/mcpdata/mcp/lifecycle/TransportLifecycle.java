package io.mcpdata.mcp.lifecycle;

import io.mcpdata.background.BoundedExecutor;
import io.mcpdata.mcp.session.WatchSchedule;
import io.mcpdata.mcp.stream.AnswerThreads;
import io.mcpdata.mcp.stream.StreamThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/** Begins the shutdown when the application ends, and on SIGTERM before the server ends. */
@ApplicationScoped
public class TransportLifecycle {

    private static final Duration FOR_INTERRUPTED_CALLS = Duration.ofSeconds(2);

    private final Shutdown shutdown;
    private final WatchSchedule watch;
    private final BoundedExecutor calls;
    private final StreamThreads streams;
    private final AnswerThreads answers;
    private final TerminationSignal termination;

    @Inject
    TransportLifecycle(
            Shutdown shutdown,
            WatchSchedule watch,
            BoundedExecutor calls,
            StreamThreads streams,
            AnswerThreads answers) {
        this.shutdown = shutdown;
        this.watch = watch;
        this.calls = calls;
        this.streams = streams;
        this.answers = answers;
        this.termination = new TerminationSignal(shutdown::begin);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    TransportLifecycle() {
        this.shutdown = null;
        this.watch = null;
        this.calls = null;
        this.streams = null;
        this.answers = null;
        this.termination = null;
    }

    void applicationBegins(@Observes @Initialized(ApplicationScoped.class) Object context) {
        termination.install();
    }

    void applicationEnds(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        termination.uninstall();
        try {
            shutdown.begin();
        } finally {
            watch.stop();
            calls.close();
            // a call whose database ignores a request to cancel also gets its audit row before the store closes
            calls.awaitEnd(FOR_INTERRUPTED_CALLS);
            shutdown.tellTasks();
            streams.close();
            answers.close();
        }
    }
}
