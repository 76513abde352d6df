package io.mcpdata.jose;

/** There is no usable public key in a text. The message says what there is instead, and never quotes it. */
public final class UnusableKeysException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableKeysException(String message) {
        super(message);
    }

    /** What there is instead of a usable key. */
    public String found() {
        return String.valueOf(getMessage());
    }
}
