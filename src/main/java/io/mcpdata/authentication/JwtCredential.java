package io.mcpdata.authentication;

import io.mcpdata.config.Secret;
import jakarta.security.enterprise.credential.Credential;

/**
 * A token as presented. The store that refuses it records the reason here, because the container's validation result
 * cannot carry one. Lives within one request and one thread.
 */
public final class JwtCredential implements Credential {

    /** The meaning of a refusal for the client. */
    public enum Verdict {
        /** The token is not valid: 401. */
        INVALID,
        /** The token is valid, but grants too few scopes: 403. */
        INSUFFICIENT_SCOPE,
        /** The token cannot be verified now: 503. */
        UNDECIDED,
        /** The token was not verified, because too many before it were not valid: 429. */
        NOT_JUDGED
    }

    private final Secret token;
    private final boolean onlyIfKnown;
    private Verdict verdict = Verdict.INVALID;
    private String category = "unknown_token";
    private String rule = "";
    private String issuer = "";

    /** @param onlyIfKnown accept the token only if it was verified before, because verifying a signature is costly */
    public JwtCredential(Secret token, boolean onlyIfKnown) {
        this.token = token;
        this.onlyIfKnown = onlyIfKnown;
    }

    public boolean isOnlyIfKnown() {
        return onlyIfKnown;
    }

    public Secret token() {
        return token;
    }

    /**
     * Records why the token is refused.
     *
     * @param why the category in the audit row
     * @param whichRule the finding and how to correct it, if the category does not say it
     * @param issuerIfKnown one of the configured issuers; empty if the token names none of them
     */
    public void refuse(Verdict newVerdict, String why, String whichRule, String issuerIfKnown) {
        this.verdict = newVerdict;
        this.category = why;
        this.rule = whichRule;
        this.issuer = issuerIfKnown;
    }

    Verdict verdict() {
        return verdict;
    }

    String category() {
        return category;
    }

    String rule() {
        return rule;
    }

    String issuer() {
        return issuer;
    }
}
