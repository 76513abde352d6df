package io.mcpdata.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What ends a call before its tool does: the client's cancellation, which is passed on to the running statement, and the
 * deadline that the tool sets. Thread-safe; a second cancellation does nothing.
 */
public final class Cancellation {

    /** How long a tool may take to end after a cancellation, before the call is answered without it. */
    static final Duration GRACE = Duration.ofSeconds(1);

    /** For a toolkit that sets no deadline. */
    static final Duration USUAL = Duration.ofSeconds(60);

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;
    private boolean answered;
    private long due;
    private Supplier<ToolException> overdue = Cancellation::cancelled;

    public static ToolException cancelled() {
        return new ToolException("cancelled", "The query was cancelled.");
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /**
     * Sets the deadline of the call, in place of the last one. After it the caller gets the error, even while the tool
     * still runs.
     *
     * @throws ToolException if the call is answered already, so that the tool begins nothing more
     */
    public synchronized void answerWithin(Duration limit, Supplier<ToolException> error) {
        if (answered) {
            throw cancelled();
        }
        if (!cancelled) {
            due = System.nanoTime() + limit.toNanos();
            overdue = error;
        }
    }

    /** Sets the deadline of a call that has no other one: a minute from now. */
    public void answerInUsualTime() {
        answerWithin(
                USUAL,
                () -> new ToolException("timeout", "The call did not end within " + USUAL.toSeconds() + " seconds."));
    }

    /** Runs the action on cancellation; at once if it is already cancelled. */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    public void cancel() {
        List<Runnable> toRun;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            cancelled = true;
            due = System.nanoTime() + GRACE.toNanos();
            overdue = Cancellation::cancelled;
            toRun = List.copyOf(actions);
            actions.clear();
        }
        toRun.forEach(Runnable::run);
    }

    /** The error to answer with, if the deadline is over and the call is not answered yet. */
    synchronized Optional<ToolException> overdue() {
        if (answered || System.nanoTime() - due < 0) {
            return Optional.empty();
        }
        answered = true;
        return Optional.of(overdue.get());
    }

    /** Whether the call is not answered yet; from now on it counts as answered. */
    synchronized boolean takeAnswer() {
        boolean first = !answered;
        answered = true;
        return first;
    }
}
