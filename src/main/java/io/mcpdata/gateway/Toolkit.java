package io.mcpdata.gateway;

import java.util.List;

/** A set of tools, the extension point: every CDI bean of this type is discovered. Thread-safe. */
public interface Toolkit {

    /** The tools, in the order they are listed; asked once, at start. */
    List<ToolHandler> tools();

    /** Whether the first call takes no longer than the next ones; the server is not ready before. Cheap. */
    default boolean isPrepared() {
        return true;
    }
}
