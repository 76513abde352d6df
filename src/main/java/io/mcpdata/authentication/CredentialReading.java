package io.mcpdata.authentication;

/** What {@link CredentialReader} found in a request. */
sealed interface CredentialReading {

    /** One credential, which the identity stores are to judge. */
    record Found(PresentedCredential credential) implements CredentialReading {}

    /**
     * No credential that a store could judge.
     *
     * @param category the word in the audit row; empty if the request presented nothing, which is not audited
     */
    record Unusable(Challenge answer, String category) implements CredentialReading {}
}
