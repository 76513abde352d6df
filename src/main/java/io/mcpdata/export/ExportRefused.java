package io.mcpdata.export;

/** An export that cannot be made; the message is for its caller and names no place on the server. */
public final class ExportRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String category;

    ExportRefused(String category, String message) {
        super(message);
        this.category = category;
    }

    ExportRefused(String category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    /** One word for the audit row. */
    public String category() {
        return category;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
