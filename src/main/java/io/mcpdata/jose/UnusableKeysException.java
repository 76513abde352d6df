package io.mcpdata.jose;

/** The text is not a document with keys. The message says what it is instead, and never quotes it. */
public final class UnusableKeysException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableKeysException(String message) {
        super(message);
    }

    /** What the text is instead of keys. */
    public String found() {
        return String.valueOf(getMessage());
    }
}
