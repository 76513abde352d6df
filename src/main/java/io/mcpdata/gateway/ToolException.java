package io.mcpdata.gateway;

/**
 * An error of a tool that the model can read and correct. The message goes to the client, the category into the audit
 * row, the cause only into the log.
 */
public final class ToolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String category;
    private final String rule;

    public ToolException(String category, String message) {
        super(message);
        this.category = category;
        this.rule = "";
    }

    private ToolException(String category, String rule, String message) {
        super(message);
        this.category = category;
        this.rule = rule;
    }

    /**
     * A refusal by a rule. The caller gets only the message.
     *
     * @param rule the rule that decided, for the audit row
     */
    public static ToolException denied(String category, String rule, String message) {
        return new ToolException(category, rule, message);
    }

    public ToolException(String category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
        this.rule = "";
    }

    /**
     * One word of the platform: {@code statement_refused}, {@code timeout}, {@code sql_error}, {@code cancelled}, ...
     */
    public String category() {
        return category;
    }

    /** The rule that refused the call, for the audit row; empty if none did. */
    public String rule() {
        return rule;
    }

    /** Never null: every constructor requires it. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
