package io.mcpdata.jose;

/** A text is no document with keys. The message says what there is instead, and never quotes it. */
public final class UnusableKeysException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableKeysException(String message) {
        super(message);
    }

    /** What there is instead of keys. */
    public String found() {
        return String.valueOf(getMessage());
    }
}
