package io.mcpdata.authentication;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.config.KeyDigest;
import jakarta.security.enterprise.credential.Credential;

/**
 * The one credential of a request. The identity store that refuses it notes the reason here, because the container's
 * validation result has no field for one. The reason goes into the audit row and never to the client. Lives within one
 * request and one thread.
 */
public abstract sealed class PresentedCredential implements Credential
        permits ApiKeyCredential, JwtCredential, SessionTokenCredential, StreamTicketCredential {

    /** What a refusal means to the client. */
    public enum Verdict {
        /** The credential is not valid: 401. */
        INVALID,
        /** The credential is valid and grants too little: 403. */
        INSUFFICIENT_SCOPE,
        /** No store can tell now: 503. */
        UNDECIDED,
        /** No store looked at it, because too many before it were refused: 429. */
        NOT_JUDGED
    }

    /** The subject of a row about a credential that names no caller. */
    static final AuditSubject UNKNOWN = new AuditSubject("", AuthenticationMethod.API_KEY.label(), "", "");

    private final KeyDigest digest;
    private final String clientAddress;
    private Verdict verdict = Verdict.INVALID;
    private String category;
    private boolean refused;

    /**
     * @param clientAddress where the request came from
     * @param category the word in the audit row if no store knows the credential
     */
    PresentedCredential(KeyDigest digest, String clientAddress, String category) {
        this.digest = digest;
        this.clientAddress = clientAddress;
        this.category = category;
    }

    /** What a credential is found by. */
    public final KeyDigest digest() {
        return digest;
    }

    public final String clientAddress() {
        return clientAddress;
    }

    /**
     * Notes why the credential is refused.
     *
     * @param why the word in the audit row
     */
    public final void refuse(Verdict newVerdict, String why) {
        this.refused = true;
        this.verdict = newVerdict;
        this.category = why;
    }

    final boolean isRefused() {
        return refused;
    }

    final Verdict verdict() {
        return verdict;
    }

    final String category() {
        return category;
    }

    /** The finding and how to correct it, empty if the category says it. */
    String rule() {
        return "";
    }

    /** Whose refusal the audit row is about. */
    AuditSubject subject() {
        return UNKNOWN;
    }

    /** The same for the same credential, for the count of its failures; empty if only the address counts. */
    String countedAs() {
        return "";
    }

    /** Whether it stood in the query: its client cannot send headers with later requests either. */
    boolean isFromQuery() {
        return false;
    }

    /** The answer to {@link Verdict#UNDECIDED}. */
    Challenge undecided() {
        return Challenge.UNAVAILABLE;
    }

    /** Shows nothing of the credential. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[redacted]";
    }
}
