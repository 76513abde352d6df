package io.mcpdata.mcp.server;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.protocol.ProtocolException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tasks of all callers, until they expire (SEP-2663). Each belongs to the caller who made it. Thread-safe. */
final class Tasks {

    /** Tasks of one caller. */
    static final int MOST_OF_ONE = 100;

    /** Tasks of all callers. */
    static final int MOST = 1_000;

    /** Characters of all outcomes; while there are more, no call becomes a task. */
    static final long LONGEST_OUTCOMES = 64 * 1024 * 1024;

    private static final int ID_BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Map<String, RunningTask> tasks = new HashMap<>();

    Tasks(Clock clock) {
        this.clock = clock;
    }

    /** A new task; empty if there are as many as there may be, so the call is answered without one. */
    synchronized Optional<RunningTask> begin(String identity, Cancellation cancellation) {
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
    synchronized RunningTask of(String identity, String id) {
        return Optional.ofNullable(tasks.get(id))
                .filter(task -> task.belongsTo(identity) && !task.isExpired())
                .orElseThrow(() -> ProtocolException.invalidParams("there is no such task, or it has expired"));
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
