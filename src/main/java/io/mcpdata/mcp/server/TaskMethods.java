package io.mcpdata.mcp.server;

import io.mcpdata.mcp.exchange.Exchange;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import io.mcpdata.protocol.Task;
import io.mcpdata.protocol.TaskRequest;

/** The methods of the extension Tasks: each is for a task of its caller. Thread-safe. */
final class TaskMethods {

    private final Tasks tasks;
    private final RequestRefusals refusals;
    private final Results results;

    TaskMethods(Tasks tasks, RequestRefusals refusals, Results results) {
        this.tasks = tasks;
        this.refusals = refusals;
        this.results = results;
    }

    String get(Exchange exchange, JsonRpcRequest request) {
        TaskRequest asked = asked(exchange, request);
        return results.of(exchange, request.id(), task(exchange, asked).state());
    }

    String update(Exchange exchange, JsonRpcRequest request) {
        TaskRequest asked = asked(exchange, request);
        task(exchange, asked).update(asked.responses());
        return results.done(exchange, request.id());
    }

    String cancel(Exchange exchange, JsonRpcRequest request) {
        TaskRequest asked = asked(exchange, request);
        task(exchange, asked).cancel();
        return results.done(exchange, request.id());
    }

    private static TaskRequest asked(Exchange exchange, JsonRpcRequest request) {
        Task.require(exchange.initialization().capabilities());
        return TaskRequest.from(request.params());
    }

    private CallerTask task(Exchange exchange, TaskRequest asked) {
        try {
            return tasks.of(exchange.requester().caller().identity(), asked.taskId());
        } catch (ProtocolException e) {
            refusals.messageRefused(exchange.requester(), "task_unknown", "");
            throw e;
        }
    }
}
