package io.mcpdata.authentication;

import io.mcpdata.config.Secret;
import jakarta.security.enterprise.credential.Credential;

/**
 * A token as presented. The store that refuses it notes why here, because the container's validation result has no room
 * for a reason. Lives within one request and one thread.
 */
public final class JwtCredential implements Credential {

    /** What a refusal means to the client. */
    public enum Verdict {
        /** The token is no good: 401. */
        INVALID,
        /** The token is good, yet grants too little: 403. */
        INSUFFICIENT_SCOPE,
        /** Nobody can tell now: 503. */
        UNDECIDED,
        /** It was not looked at, because too many before it were no good: 429. */
        NOT_JUDGED
    }

    private final Secret token;
    private final boolean onlyIfKnown;
    private Verdict verdict = Verdict.INVALID;
    private String category = "unknown_token";
    private String rule = "";
    private String issuer = "";

    /** @param onlyIfKnown whether it is let in only if it was found good before: verifying a signature is dear */
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
     * Notes why the token is refused.
     *
     * @param why the word in the audit row
     * @param whichRule what was found and how to mend it, if the word does not say it
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
