package io.mcpdata.authentication;

import io.mcpdata.config.Secret;

/** The credential that a request presents, as far as the request alone shows it. */
sealed interface PresentedCredential {

    /** No credential, or another scheme: RFC 6750 requires a challenge without an error code then. */
    record Nothing(String category) implements PresentedCredential {}

    /** A value that cannot be a valid credential, so no store is asked. */
    record Unacceptable(String category) implements PresentedCredential {}

    /** More than one credential, so the intended one is unknown. */
    record Ambiguous() implements PresentedCredential {}

    /** A value that looks like a token of an identity provider, while tokens are accepted. */
    record Jwt(Secret value) implements PresentedCredential {}

    /** A key, or a value that could be one. */
    record Token(Secret value, boolean fromQuery) implements PresentedCredential {}

    /** The token of a session whose stream was opened with a key in the query. */
    record SessionToken(String sessionId, Secret token) implements PresentedCredential {}

    /** A one-time ticket for an event stream. */
    record Ticket(Secret value) implements PresentedCredential {}
}
