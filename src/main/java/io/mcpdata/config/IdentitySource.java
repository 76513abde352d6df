package io.mcpdata.config;

import java.util.regex.Pattern;

/**
 * What of the caller a role or variable of the database is chosen by.
 *
 * @param claim the claim of the caller's token, or a path to it with points; empty for the other kinds
 */
public record IdentitySource(Kind kind, String claim) {

    static final String EXPECTED = "persona, role, name, identity or claim:NAME";

    private static final String CLAIM = "claim:";
    private static final Pattern CLAIM_NAME = Pattern.compile("[^\\p{C}\\p{Z}]{1,128}");

    /** A kind of source. */
    public enum Kind {
        PERSONA,
        ROLE,
        NAME,
        IDENTITY,
        CLAIM
    }

    /** @throws IllegalArgumentException if the text names no source */
    static IdentitySource parse(String text) {
        if (text.startsWith(CLAIM)) {
            String claim = text.substring(CLAIM.length());
            if (!CLAIM_NAME.matcher(claim).matches()) {
                throw new IllegalArgumentException("no claim");
            }
            return new IdentitySource(Kind.CLAIM, claim);
        }
        Kind kind = ConfigComponent.choice(Kind.class, text);
        if (kind == Kind.CLAIM) {
            throw new IllegalArgumentException("which claim?");
        }
        return new IdentitySource(kind, "");
    }

    /** As the file has it. */
    @Override
    public String toString() {
        return kind == Kind.CLAIM ? CLAIM + claim : ConfigComponent.text(kind);
    }
}
