package io.mcpdata.protocol;

/** The result of a request that {@code tools}, {@code resources}, {@code prompts} or {@code completion} answers. */
public interface FeatureResult {

    /** Compact JSON with the members that the client understands. */
    String write(ClientRevision client);

    /** Whether a client of revision 2026-07-28 may keep the result for a while. */
    default boolean isCacheable() {
        return false;
    }

    /** {@code resultType} of revision 2026-07-28. */
    default String type() {
        return "complete";
    }
}
