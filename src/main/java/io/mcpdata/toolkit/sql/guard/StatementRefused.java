package io.mcpdata.toolkit.sql.guard;

/**
 * The guard refuses a statement that is not one plain read. The message says what was found and what to write instead,
 * in printable ASCII.
 */
public final class StatementRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 64;

    StatementRefused(String message) {
        super(message, null, false, false);
    }

    /** A part of the statement in the form that a message may show. */
    static String shown(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= LONGEST_NAME ? safe : safe.substring(0, LONGEST_NAME);
    }
}
