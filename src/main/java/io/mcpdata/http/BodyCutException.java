package io.mcpdata.http;

import java.io.IOException;

/** The rest of a request's body does not come: the client has closed its connection, or the server waits no longer. */
final class BodyCutException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyCutException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether an error has its cause in a body that was cut. */
    static boolean isBehind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyCutException) {
                return true;
            }
        }
        return false;
    }
}
