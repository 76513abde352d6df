package io.mcpdata.audit.chain;

/** The audit trail cannot be signed. The message says why and what to do, and shows no key. */
public final class SigningKeyUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SigningKeyUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
