package io.mcpdata.authentication;

/** The kind of credential that authenticated a caller. */
public enum AuthenticationMethod {
    API_KEY("api_key"),
    OIDC("oidc");

    private final String label;

    AuthenticationMethod(String label) {
        this.label = label;
    }

    /** The word used in audit rows and answers. */
    public String label() {
        return label;
    }
}
