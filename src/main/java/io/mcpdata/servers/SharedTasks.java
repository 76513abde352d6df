package io.mcpdata.servers;

import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The tasks of callers in the store that servers share: the server that runs a task writes its state, and the others give
 * it to its caller and take what the caller wants. State and answers are encrypted. Thread-safe.
 */
@ApplicationScoped
public class SharedTasks {

    /**
     * A task as its server wrote it last.
     *
     * @param hasEnded whether its outcome is there
     * @param isLost whether its server has ended without writing an outcome
     */
    public record Found(String state, boolean hasEnded, boolean isLost) {}

    /**
     * What a caller wants of a task that this server runs.
     *
     * @param answers by the keys of the requests
     */
    public record Wish(String id, boolean cancelled, Map<String, String> answers) {}

    private static final Logger LOG = System.getLogger(SharedTasks.class.getName());

    private final SharedServers servers;
    private final SharedCipher cipher;

    @Inject
    SharedTasks(SharedServers servers) {
        this.servers = servers;
        this.cipher = new SharedCipher(servers);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SharedTasks() {
        this.servers = null;
        this.cipher = null;
    }

    /** Whether other servers answer for the tasks of this one. */
    public boolean isShared() {
        return servers.isShared();
    }

    /** @throws RuntimeException if the task cannot be written; then there must be none */
    public void begin(String id, String identity, Instant createdAt, String state) {
        store().durably(handle -> handle.createUpdate(
                        "INSERT INTO task (id, identity, server, start, created_at, ended, state)"
                                + " VALUES (:id, :identity, :server, :start, :created, FALSE, :state)")
                .bind("id", id)
                .bind("identity", identity)
                .bind("server", servers.name())
                .bind("start", servers.start())
                .bind("created", createdAt.atOffset(ZoneOffset.UTC))
                .bind("state", encrypted(state, place(id, identity)))
                .execute());
    }

    /** Writes what became of tasks of this server. */
    public void write(String id, String identity, String state, boolean ended) {
        store().durably(handle -> handle.createUpdate("UPDATE task SET state = :state, ended = :ended WHERE id = :id")
                .bind("id", id)
                .bind("ended", ended)
                .bind("state", encrypted(state, place(id, identity)))
                .execute());
    }

    private record Stored(byte[] state, boolean hasEnded, boolean isLost) {}

    /** The caller's task; empty if it has none with this id. */
    public Optional<Found> find(String identity, String id) {
        return servers.sharedStore()
                .flatMap(store ->
                        store.durably(handle -> handle.createQuery("SELECT state, ended, server, start FROM task"
                                        + " WHERE id = :id AND identity = :identity")
                                .bind("id", id)
                                .bind("identity", identity)
                                .map((row, context) -> new Stored(
                                        row.getBytes("state"),
                                        row.getBoolean("ended"),
                                        !row.getBoolean("ended")
                                                && !SharedServers.runs(
                                                        handle, row.getString("server"), row.getString("start"))))
                                .findOne()))
                .flatMap(stored -> cipher.tryDecrypt(stored.state(), place(id, identity))
                        .map(state -> new Found(state, stored.hasEnded(), stored.isLost())));
    }

    /** Lets the server that runs the task cancel it. */
    public void cancel(String id) {
        store().durably(handle -> handle.createUpdate("UPDATE task SET cancelled = TRUE WHERE id = :id AND NOT ended")
                .bind("id", id)
                .execute());
    }

    /** Lets the server that runs the task have these answers; the first one to a request counts. */
    public void answer(String id, Map<String, String> answers) {
        store().durably(handle -> {
            answers.forEach((request, answer) -> handle.createUpdate(
                            "INSERT INTO task_answer (task_id, request, answer)"
                                    + " SELECT id, :request, :answer FROM task WHERE id = :id AND NOT ended"
                                    + " ON CONFLICT DO NOTHING")
                    .bind("id", id)
                    .bind("request", request)
                    .bind("answer", encrypted(answer, placeOfAnswer(id, request)))
                    .execute());
            return true;
        });
    }

    private record Answer(String id, String request, byte[] content) {}

    /** What callers want of tasks of this server that have not ended, since the last reading. */
    public List<Wish> takeWishes() {
        List<Answer> given = new ArrayList<>();
        Set<String> cancelled = store().durably(handle -> {
            given.clear();
            given.addAll(handle.createQuery(
                            "DELETE FROM task_answer USING task WHERE task.id = task_id AND server = :server AND"
                                    + " start = :start AND NOT ended RETURNING task_id, request, answer")
                    .bind("server", servers.name())
                    .bind("start", servers.start())
                    .map((row, context) ->
                            new Answer(row.getString("task_id"), row.getString("request"), row.getBytes("answer")))
                    .list());
            return cancelled(handle);
        });
        Map<String, Map<String, String>> answers = new HashMap<>();
        for (Answer one : given) {
            try {
                byte[] text = cipher.decrypt(one.content(), placeOfAnswer(one.id(), one.request()));
                answers.computeIfAbsent(one.id(), id -> new HashMap<>())
                        .put(one.request(), new String(text, StandardCharsets.UTF_8));
            } catch (IllegalStateException e) {
                LOG.log(Level.WARNING, "an answer to a task is ignored", e);
            }
        }
        List<Wish> wishes = new ArrayList<>();
        answers.forEach((id, texts) -> wishes.add(new Wish(id, false, texts)));
        cancelled.forEach(id -> wishes.add(new Wish(id, true, Map.of())));
        return wishes;
    }

    private Set<String> cancelled(Handle handle) {
        return Set.copyOf(handle.createQuery(
                        "SELECT id FROM task WHERE server = :server AND start = :start AND NOT ended AND cancelled")
                .bind("server", servers.name())
                .bind("start", servers.start())
                .mapTo(String.class)
                .list());
    }

    private byte[] encrypted(String text, String place) {
        return cipher.encrypt(text.getBytes(StandardCharsets.UTF_8), place);
    }

    private static String place(String id, String identity) {
        return "task " + id + " " + identity;
    }

    private static String placeOfAnswer(String id, String request) {
        return "answer " + id + " " + request;
    }

    private PlatformStore store() {
        return servers.sharedStore().orElseThrow(IllegalStateException::new);
    }
}
