package io.mcpdata.audit.chain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of the chain: its number and its hash. Immutable.
 *
 * @param hash 64 hexadecimal digits in lower case
 */
public record ChainPosition(long id, String hash) {

    /** The hash before the first row. */
    static final String NO_HASH = "0".repeat(64);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

    /** @throws IllegalArgumentException if the text is not of the form {@code ID:HASH} */
    public static ChainPosition parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not of the form ID:HASH");
        }
        return new ChainPosition(Long.parseLong(parts.group(1)), parts.group(2));
    }

    /** {@code ID:HASH}. */
    @Override
    public String toString() {
        return id + ":" + hash;
    }
}
