package io.mcpdata.protocol;

/** The result of a request that {@code tools}, {@code resources}, {@code prompts} or {@code completion} answers. */
public interface FeatureResult {

    /** @param structured whether the client understands structured content; otherwise it gets only the text */
    String write(boolean structured);

    /** Whether a client of revision 2026-07-28 may keep the result for a while. */
    default boolean isCacheable() {
        return false;
    }

    /** {@code resultType} of revision 2026-07-28. */
    default String type() {
        return "complete";
    }
}
