package io.mcpdata.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.ClientRevision;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.ProtocolVersion;
import io.mcpdata.protocol.Task.Status;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.MovableClock;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks of the tasks extension: whose they are, how they end, and when they expire. */
@Timeout(30)
final class TasksTest {

    private final MovableClock clock = new MovableClock();
    private final Tasks tasks = new Tasks(clock, Optional.empty());

    @Test
    void taskIsKnownToItsCallerAlone() {
        RunningTask task = begin("ann");

        assertThat(tasks.of("ann", task.id())).isSameAs(task);
        assertThatThrownBy(() -> tasks.of("bob", task.id()))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("there is no such task, or it has expired");
        assertThatThrownBy(() -> tasks.of("ann", "absent")).hasMessage("there is no such task, or it has expired");
    }

    @Test
    void onlyTheFirstEndCounts() {
        RunningTask task = begin("ann");
        assertThat(json(task).getString("status")).isEqualTo("working");

        task.end(Status.COMPLETED, "{\"content\":[]}");
        task.end(Status.CANCELLED, "");

        assertThat(json(task).getString("status")).isEqualTo("completed");
        assertThat(json(task).getJsonObject("result")).isEqualTo(Json.readObject("{\"content\":[]}"));
        assertThat(json(task)).doesNotContainKeys("error", "inputRequests");
    }

    @Test
    void finishedTaskExpiresAnHourAfterItsCreationAndARunningOneDoesNot() {
        RunningTask finished = begin("ann");
        RunningTask running = begin("ann");
        finished.end(Status.FAILED, "{\"code\":-32603,\"message\":\"no\"}");

        clock.advance(RunningTask.LIFETIME.minusSeconds(1));
        assertThat(json(tasks.of("ann", finished.id())).getJsonObject("error").getInt("code"))
                .isEqualTo(-32603);
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> tasks.of("ann", finished.id())).isInstanceOf(ProtocolException.class);
        assertThat(tasks.of("ann", running.id())).isSameAs(running);
    }

    @Test
    void callerWithTooManyTasksGetsNoMoreAndTakesNoneFromOthers() {
        List<RunningTask> all = new ArrayList<>();
        for (int i = 0; i < Tasks.MOST_OF_ONE; i++) {
            all.add(begin("ann"));
        }

        assertThat(tasks.begin("ann", new Cancellation())).isEmpty();
        assertThat(tasks.begin("bob", new Cancellation())).isPresent();
        all.get(0).end(Status.COMPLETED, "{}");
        clock.advance(RunningTask.LIFETIME);
        assertThat(tasks.begin("ann", new Cancellation())).isPresent();
    }

    @Test
    void questionsAreAnsweredOneByOneAndNoKeyIsUsedTwice() throws Exception {
        RunningTask task = begin("ann");
        CompletableFuture<Map<String, JsonObject>> asking = CompletableFuture.supplyAsync(
                () -> task.ask(Map.of("name", InputRequest.roots(), "age", InputRequest.roots())));
        JsonObject open = openQuestions(task);
        assertThat(open).hasSize(2);

        task.update(Map.of("absent", answer("x"), key(open, "name"), answer("Ann")));
        assertThat(json(task).getJsonObject("inputRequests")).containsOnlyKeys(key(open, "age"));
        assertThat(asking).isNotDone();
        task.update(Map.of(key(open, "name"), answer("Eve"), key(open, "age"), answer("7")));

        assertThat(asking.get(10, TimeUnit.SECONDS)).isEqualTo(Map.of("name", answer("Ann"), "age", answer("7")));
        assertThat(json(task).getString("status")).isEqualTo("working");
        CompletableFuture<Map<String, JsonObject>> again =
                CompletableFuture.supplyAsync(() -> task.ask(Map.of("name", InputRequest.roots())));
        assertThat(openQuestions(task)).doesNotContainKey(key(open, "name"));
        task.cancel();
        assertThatThrownBy(() -> again.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ToolException.class);
        assertThat(json(task)).doesNotContainKey("inputRequests");
    }

    private RunningTask begin(String caller) {
        return tasks.begin(caller, new Cancellation()).orElseThrow();
    }

    private static JsonObject openQuestions(RunningTask task) {
        Eventually.within(Duration.ofSeconds(10), "a question", () -> json(task).containsKey("inputRequests"));
        assertThat(json(task).getString("status")).isEqualTo("input_required");
        return json(task).getJsonObject("inputRequests");
    }

    private static String key(JsonObject open, String name) {
        return open.keySet().stream()
                .filter(key -> key.startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject json(CallerTask task) {
        return Json.readObject(task.state().write(ClientRevision.of(ProtocolVersion.V2026_07_28)));
    }

    private static JsonObject answer(String value) {
        return Json.object().add("v", value).build();
    }
}
