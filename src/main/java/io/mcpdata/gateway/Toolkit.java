package io.mcpdata.gateway;

import io.mcpdata.protocol.Skill;
import java.util.List;

/**
 * A set of tools, resources, prompts and skills. This is the extension point: every CDI bean of this type is discovered. A
 * toolkit whose tools or resource handlers change fires {@link ToolkitChanged}. Thread-safe.
 */
public interface Toolkit {

    /**
     * The tools, in the order they are listed; called at start, after {@link ToolkitChanged}, and when {@link #basis} is
     * another.
     */
    List<ToolHandler> tools();

    /**
     * What the tools depend on. When it no longer equals that of before, the tools are asked for again at the next use.
     * Must be cheap.
     */
    default Object basis() {
        return "";
    }

    /** The kinds of resources, in the order they are listed; called at start and after {@link ToolkitChanged}. */
    default List<ResourceHandler> resources() {
        return List.of();
    }

    /** The prompts of the moment, in the order they are listed. Must be cheap. */
    default List<PromptHandler> prompts() {
        return List.of();
    }

    /** The skills of the moment, in the order they are listed; their files are resources too. Must be cheap. */
    default List<Skill> skills() {
        return List.of();
    }

    /** Whether the first call takes no longer than later ones; the server is not ready before that. Must be cheap. */
    default boolean isPrepared() {
        return true;
    }
}
