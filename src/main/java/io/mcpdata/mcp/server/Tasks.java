package io.mcpdata.mcp.server;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.Task;
import io.mcpdata.servers.SharedTasks;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of all callers, until they expire (SEP-2663). Each belongs to the caller who made it. Where servers share a
 * store, each of them answers for the tasks of all. Thread-safe.
 */
final class Tasks {

    /** Tasks of one caller. */
    static final int MOST_OF_ONE = 100;

    /** Tasks of all callers. */
    static final int MOST = 1_000;

    /** Characters of all outcomes; while there are more, no call becomes a task. */
    static final long LONGEST_OUTCOMES = 64 * 1024 * 1024;

    private static final Logger LOG = System.getLogger(Tasks.class.getName());

    /** Tasks are of one revision only. */
    private static final ClientRevision CLIENT = ClientRevision.of(ProtocolVersion.V2026_07_28);

    /** After the store took no task, none is tried for so long: each try may wait for the store. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int ID_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Optional<SharedTasks> shared;
    private volatile long noneUntil = System.nanoTime();
    private final Map<String, RunningTask> tasks = new HashMap<>();

    /** The state of each task that the other servers know. */
    private final Map<String, Task> told = new HashMap<>();

    /** @param shared empty if no other server answers for the tasks */
    Tasks(Clock clock, Optional<SharedTasks> shared) {
        this.clock = clock;
        this.shared = shared;
    }

    /** A new task; empty if there are as many as there may be, so the call is answered without one. */
    Optional<RunningTask> begin(String identity, Cancellation cancellation) {
        if (System.nanoTime() - noneUntil < 0) {
            return Optional.empty();
        }
        Optional<RunningTask> begun = beginHere(identity, cancellation);
        if (shared().isPresent() && begun.isPresent()) {
            RunningTask task = begun.get();
            Task state = task.state();
            try {
                shared().get().begin(task.id(), identity, state.createdAt(), state.write(CLIENT));
                tell(task, state);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a call becomes no task, because the platform store does not take it", e);
                forget(task);
                noneUntil = System.nanoTime() + PAUSE.toNanos();
                return Optional.empty();
            }
        }
        return begun;
    }

    private Optional<SharedTasks> shared() {
        return shared.filter(SharedTasks::isShared);
    }

    private synchronized void forget(RunningTask task) {
        tasks.remove(task.id());
    }

    private synchronized void tell(RunningTask task, Task state) {
        told.put(task.id(), state);
    }

    private synchronized Optional<RunningTask> beginHere(String identity, Cancellation cancellation) {
        tasks.values().removeIf(RunningTask::isExpired);
        long own =
                tasks.values().stream().filter(task -> task.belongsTo(identity)).count();
        long kept = tasks.values().stream().mapToLong(RunningTask::kept).sum();
        if (own >= MOST_OF_ONE || tasks.size() >= MOST || kept > LONGEST_OUTCOMES) {
            return Optional.empty();
        }
        RunningTask task = new RunningTask(newId(), identity, cancellation, clock);
        tasks.put(task.id(), task);
        return Optional.of(task);
    }

    /** @throws ProtocolException ({@code INVALID_PARAMS}) if the caller has no such task */
    CallerTask of(String identity, String id) {
        return here(identity, id)
                .<CallerTask>map(task -> task)
                .or(() -> shared().flatMap(
                                others -> others.find(identity, id).map(found -> new TaskElsewhere(others, id, found))))
                .orElseThrow(() -> ProtocolException.invalidParams("there is no such task, or it has expired"));
    }

    private synchronized Optional<RunningTask> here(String identity, String id) {
        return Optional.ofNullable(tasks.get(id)).filter(task -> task.belongsTo(identity) && !task.isExpired());
    }

    /**
     * Tells the other servers what became of the tasks of this one, and does what callers have told them. To be run twice a
     * second.
     */
    void exchange() {
        Optional<SharedTasks> all = shared();
        if (all.isEmpty()) {
            return;
        }
        SharedTasks others = all.get();
        try {
            changed().forEach((task, state) -> {
                others.write(
                        task.id(),
                        task.identity(),
                        state.write(CLIENT),
                        state.status().isFinal());
                tell(task, state);
            });
            if (someRun()) {
                others.takeWishes().forEach(this::fulfil);
            }
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    "other servers were told nothing of the tasks of this one; the next look tries again",
                    e);
        }
    }

    private synchronized Map<RunningTask, Task> changed() {
        told.keySet().retainAll(tasks.keySet());
        Map<RunningTask, Task> changed = new HashMap<>();
        tasks.values().forEach(task -> {
            Task state = task.state();
            if (told.containsKey(task.id()) && !state.equals(told.get(task.id()))) {
                changed.put(task, state);
            }
        });
        return changed;
    }

    private synchronized boolean someRun() {
        return tasks.values().stream().anyMatch(task -> !task.state().status().isFinal());
    }

    private void fulfil(SharedTasks.Wish wish) {
        Optional<RunningTask> task = withId(wish.id());
        Map<String, JsonObject> answers = new HashMap<>();
        wish.answers().forEach((request, answer) -> answers.put(request, Json.readObject(answer)));
        task.ifPresent(known -> known.update(answers));
        task.filter(known -> wish.cancelled()).ifPresent(RunningTask::cancel);
    }

    private synchronized Optional<RunningTask> withId(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
