package io.mcpdata.config;

/** The claim of a token that names its authorized party, the client that got it. */
public enum PartyClaim {
    /** OpenID Connect Core, section 2. */
    AZP,
    /** RFC 9068, section 2.2; in tokens of Amazon Cognito in place of {@code aud}. */
    CLIENT_ID;

    /** The name of the claim. */
    public String claim() {
        return ConfigComponent.text(this);
    }
}
