package io.mcpdata.authentication.jwt;

/** The keys of an issuer could not be fetched. The message is for the operator's log. */
final class KeysUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    KeysUnavailableException(String message) {
        super(message);
    }
}
