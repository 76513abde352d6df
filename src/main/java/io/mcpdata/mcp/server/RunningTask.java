package io.mcpdata.mcp.server;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.Task;
import io.mcpdata.protocol.Task.Status;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A call that has become a task: its client asks for the outcome, and answers its questions. Thread-safe. */
final class RunningTask implements CallerTask {

    /** A client can ask for the outcome for so long after the task was created. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private final String id;
    private final String identity;
    private final Cancellation cancellation;
    private final Clock clock;
    private final Instant createdAt;
    private final Map<String, Question> open = new LinkedHashMap<>();
    private Instant lastUpdatedAt;
    private Status status = Status.WORKING;
    private String outcome = "";
    private int asked;

    private record Question(InputRequest request, CompletableFuture<JsonObject> answer) {}

    RunningTask(String id, String identity, Cancellation cancellation, Clock clock) {
        this.id = id;
        this.identity = identity;
        this.cancellation = cancellation;
        this.clock = clock;
        this.createdAt = clock.instant();
        this.lastUpdatedAt = createdAt;
    }

    String id() {
        return id;
    }

    String identity() {
        return identity;
    }

    boolean belongsTo(String caller) {
        return identity.equals(caller);
    }

    synchronized boolean isExpired() {
        return status.isFinal() && !clock.instant().isBefore(createdAt.plus(LIFETIME));
    }

    /** Characters of the outcome. */
    synchronized int kept() {
        return outcome.length();
    }

    @Override
    public synchronized Task state() {
        Map<String, InputRequest> requests = new LinkedHashMap<>();
        open.forEach((key, question) -> requests.put(key, question.request()));
        Status shown = status == Status.WORKING && !requests.isEmpty() ? Status.INPUT_REQUIRED : status;
        return new Task(id, shown, createdAt, lastUpdatedAt, LIFETIME, outcome, requests);
    }

    @Override
    public void cancel() {
        cancellation.cancel();
    }

    /** The call has ended. Only the first end counts. */
    synchronized void end(Status how, String json) {
        if (!status.isFinal()) {
            status = how;
            outcome = json;
            open.clear();
            lastUpdatedAt = clock.instant();
        }
    }

    /** The client has answered; an answer to no open question is ignored. */
    @Override
    public synchronized void update(Map<String, JsonObject> responses) {
        responses.forEach(
                (key, response) -> Optional.ofNullable(open.remove(key)).ifPresent(question -> {
                    lastUpdatedAt = clock.instant();
                    question.answer().complete(response);
                }));
    }

    /**
     * Asks the client and waits for all answers.
     *
     * @throws ToolException if the client does not answer in time, or the task is cancelled
     */
    Map<String, JsonObject> ask(Map<String, InputRequest> requests) {
        Map<String, CompletableFuture<JsonObject>> waiting = new LinkedHashMap<>();
        Map<String, Question> added = new HashMap<>();
        synchronized (this) {
            asked++;
            requests.forEach((key, request) -> {
                CompletableFuture<JsonObject> answer = new CompletableFuture<>();
                waiting.put(key, answer);
                // no key is used twice in a task
                added.put(key + "-" + asked, new Question(request, answer));
            });
            open.putAll(added);
            lastUpdatedAt = clock.instant();
        }
        cancellation.answerWithin(ClientAnswers.PATIENCE.plusSeconds(1), ClientAnswers::late);
        cancellation.onCancel(() -> waiting.values().forEach(answer -> answer.cancel(true)));
        try {
            long end = System.nanoTime() + ClientAnswers.PATIENCE.toNanos();
            Map<String, JsonObject> answers = new LinkedHashMap<>();
            for (Map.Entry<String, CompletableFuture<JsonObject>> one : waiting.entrySet()) {
                answers.put(
                        one.getKey(), ClientAnswers.await(one.getValue(), Duration.ofNanos(end - System.nanoTime())));
            }
            cancellation.answerInUsualTime();
            return answers;
        } finally {
            synchronized (this) {
                open.keySet().removeAll(added.keySet());
            }
        }
    }
}
