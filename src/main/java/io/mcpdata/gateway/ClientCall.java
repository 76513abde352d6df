package io.mcpdata.gateway;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.protocol.FeatureResult;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One request of a client that a toolkit answers, on a thread that may wait.
 *
 * @param late gets the outcome on another thread, if the toolkit does not end before the deadline of the call
 */
public record ClientCall(
        AuthorizedCaller caller,
        RequestOrigin origin,
        Cancellation cancellation,
        CallClient client,
        Consumer<Supplier<FeatureResult>> late) {}
