package io.mcpdata.authentication;

import io.mcpdata.config.Secret;

/** What a request presented, as far as it can be told without asking any store. */
sealed interface PresentedCredential {

    /** Nothing at all, or a scheme that is not ours: RFC 6750 wants a challenge without an error code then. */
    record Nothing(String category) implements PresentedCredential {}

    /** Something that cannot be a good credential, whatever the stores know. */
    record Unacceptable(String category) implements PresentedCredential {}

    /** More than one credential: nobody can tell which one is meant. */
    record Ambiguous() implements PresentedCredential {}

    /** What looks like a token of an identity provider, while those are judged. */
    record Jwt(Secret value) implements PresentedCredential {}

    /** A key, or what could be one. */
    record Token(Secret value, boolean fromQuery) implements PresentedCredential {}

    /** The token of a session whose stream was opened with a key in the query. */
    record SessionToken(String sessionId, Secret token) implements PresentedCredential {}

    /** A one-time ticket for an event stream. */
    record Ticket(Secret value) implements PresentedCredential {}
}
