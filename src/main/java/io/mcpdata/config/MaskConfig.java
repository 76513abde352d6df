package io.mcpdata.config;

import java.util.List;

/**
 * One entry of {@code masks} of a persona: what its callers get in place of the values of columns.
 *
 * @param columns globs over names of {@link DataName#column} in a connection
 * @param text the text for {@link Show#TEXT}; else empty
 */
public record MaskConfig(
        List<Glob> columns,

        @ConfigKey(about = "What callers get instead of each value", standard = "nothing")
        Show show,

        @ConfigKey(told = false) String text)
        implements ConfigRecord {

    /** What takes the place of a value. */
    public enum Show {
        /** NULL. */
        NOTHING,
        /** A keyed hash: the same for the same value. */
        HASH,
        /** The last four characters of a value of at least nine. */
        LAST4,
        /** The same text for every value. */
        TEXT
    }

    public MaskConfig {
        columns = List.copyOf(columns);
    }

    boolean isOf(String connection) {
        return columns.stream().anyMatch(glob -> glob.meets(Glob.ofBeginning(DataName.in(connection, ""))));
    }

    boolean isOf(String connection, String column) {
        return columns.stream().anyMatch(glob -> glob.matches(DataName.in(connection, column)));
    }
}
