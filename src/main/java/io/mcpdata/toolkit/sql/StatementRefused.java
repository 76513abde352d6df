package io.mcpdata.toolkit.sql;

/** The guard's answer to a statement that is not one plain read. The message says what was found and what is expected. */
final class StatementRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StatementRefused(String message) {
        super(message, null, false, false);
    }
}
