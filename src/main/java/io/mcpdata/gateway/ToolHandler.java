package io.mcpdata.gateway;

import io.mcpdata.protocol.Tool;
import java.util.List;
import java.util.Optional;

/**
 * One tool. Only {@link ToolGateway} calls it: by then the persona allows the tool and the connection named by the
 * argument {@code connection}, and the arguments are valid against the input schema. Thread-safe.
 */
public interface ToolHandler {

    Tool describe();

    /**
     * Whether a call ends at once because it waits for nothing: no database, no network, no other thread. Such a call runs
     * on the thread of its request, and becomes no task.
     */
    default boolean isImmediate() {
        return false;
    }

    /**
     * The one connection that the tool uses, if it has no argument {@code connection}. The tool exists only for callers for
     * whom the connection exists. Must be cheap.
     */
    default Optional<String> connection() {
        return Optional.empty();
    }

    /**
     * Other tools that the persona must allow too, because this one does the same in another way. So a rule that denies one
     * of them denies this tool. Must be cheap.
     */
    default List<String> alsoNeeds() {
        return List.of();
    }

    /** @throws ToolException an error that the model can read and correct; becomes {@code isError} */
    ToolResponse call(ToolInvocation invocation);
}
