package io.mcpdata.tool;

import java.util.List;

/** A set of tools, the extension point: every CDI bean of this type is discovered. Thread-safe. */
public interface Toolkit {

    /** The tools, in the order they are listed; asked once, at start. */
    List<ToolHandler> tools();
}
