package io.mcpdata.gateway;

/**
 * An error of a tool that the model can read and correct. The message goes to the client, the category into the audit
 * row, the cause only into the log.
 */
public final class ToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String category;

    public ToolException(String category, String message) {
        super(message);
        this.category = category;
    }

    public ToolException(String category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /**
     * One word of the platform: {@code statement_refused}, {@code timeout}, {@code sql_error}, {@code cancelled}, ...
     */
    public String category() {
        return category;
    }

    /** Never null: every constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
