package io.mcpdata.gateway;

import java.util.List;

/** A set of tools. This is the extension point: every CDI bean of this type is discovered. Thread-safe. */
public interface Toolkit {

    /** The tools, in the order they are listed; called once, at start. */
    List<ToolHandler> tools();

    /** Whether the first call takes no longer than later ones; the server is not ready before that. Must be cheap. */
    default boolean isPrepared() {
        return true;
    }
}
