package io.mcpdata.authentication;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;

/** A token as presented. */
public final class JwtCredential extends PresentedCredential {

    private final Secret token;
    private boolean onlyIfKnown;
    private String rule = "";
    private String issuer = "";

    public JwtCredential(Secret token, String clientAddress) {
        super(KeyDigest.of(token.reveal()), clientAddress, "unknown_token");
        this.token = token;
    }

    public Secret token() {
        return token;
    }

    /** Accepts the token only if it was verified before: to verify a signature is expensive. */
    public void limitToKnown() {
        onlyIfKnown = true;
    }

    public boolean isOnlyIfKnown() {
        return onlyIfKnown;
    }

    /**
     * Notes why the token is refused.
     *
     * @param why the word in the audit row
     * @param whichRule what was found and how to mend it, if the word does not say it
     * @param issuerIfKnown one of the configured issuers; empty if the token names none of them
     */
    public void refuse(Verdict newVerdict, String why, String whichRule, String issuerIfKnown) {
        refuse(newVerdict, why);
        this.rule = whichRule;
        this.issuer = issuerIfKnown;
    }

    @Override
    String rule() {
        return rule;
    }

    @Override
    AuditSubject subject() {
        return new AuditSubject("", AuthenticationMethod.OIDC.label(), issuer, "");
    }

    @Override
    String countedAs() {
        return digest().id();
    }

    @Override
    Challenge undecided() {
        return Challenge.TOKEN_UNDECIDED;
    }
}
