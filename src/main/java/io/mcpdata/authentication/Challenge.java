package io.mcpdata.authentication;

import io.mcpdata.config.ServerConfig;
import io.mcpdata.http.ProblemDetail;
import java.time.Duration;
import java.util.Optional;

/**
 * An answer to a caller who is not authenticated or not allowed: status, {@code WWW-Authenticate} (RFC 6750) and the
 * text of the problem document. The text is the same whether a key is unknown, expired or removed: only the audit row
 * has the reason.
 *
 * @param error RFC 6750 error code; empty if the challenge has none
 * @param retryAfter when to retry, in seconds; 0 if a retry cannot help
 */
record Challenge(int status, String detail, String error, int retryAfter) {

    static final Challenge CREDENTIAL_MISSING =
            new Challenge(401, "Present an API key or token: Authorization: Bearer <key>, or X-API-Key: <key>.", "", 0);
    static final Challenge CREDENTIAL_REFUSED =
            new Challenge(401, "The credential presented is not valid here.", "invalid_token", 0);
    static final Challenge AMBIGUOUS =
            new Challenge(400, "Present exactly one credential; this request has several.", "invalid_request", 0);
    static final Challenge NOT_CONFIGURED = new Challenge(
            503,
            "The platform has no valid configuration yet; its log says what is wrong.",
            "",
            ProblemDetail.RETRY_SECONDS);
    static final Challenge UNAVAILABLE = new Challenge(
            503, "The request cannot be authenticated right now; try again.", "", ProblemDetail.RETRY_SECONDS);

    static final Challenge TOKEN_UNDECIDED = new Challenge(
            503,
            "The token cannot be verified now, because its issuer does not answer or too many tokens are being verified."
                    + " Try again with the same token.",
            "",
            ProblemDetail.RETRY_SECONDS);

    /** For a valid token that grants too few scopes. */
    static final Challenge SCOPE_MISSING =
            new Challenge(403, "The token does not grant every required scope.", "insufficient_scope", 0);

    static Challenge tooManyAttempts(Duration wait) {
        return new Challenge(
                429,
                "Too many credentials from this address were refused. A valid API key is accepted at any time, and so is"
                        + " a token that was accepted before.",
                "",
                Math.max(1, (int) wait.plusMillis(999).toSeconds()));
    }

    /** The value of {@code WWW-Authenticate}, for statuses that have one. */
    Optional<String> header(ServerConfig server) {
        if (retryAfter > 0) {
            return Optional.empty();
        }
        String bearer = "Bearer realm=\"" + quoted(server.name()) + "\"";
        return Optional.of(error.isEmpty() ? bearer : bearer + ", error=\"" + error + "\"");
    }

    /** The value for a caller whose persona lacks a permission. */
    static String insufficientScope(ServerConfig server, String permission) {
        return "Bearer realm=\"" + quoted(server.name()) + "\", error=\"insufficient_scope\", scope=\"" + permission
                + "\"";
    }

    private static String quoted(String text) {
        return text.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "");
    }
}
