package io.mcpdata.authentication.jwt;

/** The text is not a token. Has no message, because every message would quote the text. */
final class MalformedTokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refusal why;

    MalformedTokenException(Refusal why) {
        super(why.category(), null, false, false);
        this.why = why;
    }

    Refusal why() {
        return why;
    }
}
