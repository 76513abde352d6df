package io.mcpdata.authentication.jwt;

/** Why a token is refused: for the audit row and the log, never for the client. */
public enum Refusal {
    OVERSIZED("oversized_token"),
    MALFORMED("malformed_token"),
    DUPLICATE_MEMBER("duplicate_member"),
    TOO_DEEP("token_nested_too_deep"),
    ALGORITHM("algorithm_not_allowed"),
    CRITICAL_HEADER("critical_header_unknown"),
    TOKEN_TYPE("wrong_token_type"),
    ID_TOKEN(
            "id_token",
            "an ID token (nonce, at_hash, c_hash or s_hash): send the access token, or set allow_id_tokens: true"),
    SENDER_CONSTRAINED("sender_constrained_token"),
    CLAIM_MISSING(
            "claim_missing",
            "needed: iss, sub, exp, aud (Amazon Cognito often has none: authorized_party_claim), iat with max_token_age"),
    CLAIM_MALFORMED("claim_malformed"),
    UNKNOWN_ISSUER(
            "unknown_issuer",
            "iss must equal a configured issuer, with or without a last slash; Entra ID: tokens of version 2"),
    AUDIENCE("wrong_audience"),
    EXPIRED("expired_token"),
    NOT_YET_VALID("token_not_yet_valid"),
    TOO_OLD("token_too_old"),
    UNKNOWN_KEY("unknown_signing_key"),
    KEY_MISMATCH("signing_key_mismatch"),
    SIGNATURE("bad_signature"),
    SCOPE("scope_missing"),
    /** The token was not verified: no keys of the issuer are known. */
    KEYS_UNAVAILABLE("issuer_keys_unavailable"),
    /** The token was not verified: the maximum number of signatures is being checked. */
    BUSY("verification_busy");

    private final String category;
    private final String rule;

    Refusal(String category) {
        this(category, "");
    }

    Refusal(String category, String rule) {
        this.category = category;
        this.rule = rule;
    }

    /** The category in audit rows. */
    public String category() {
        return category;
    }

    /** The finding and how to correct it, if the category does not say it; at most 128 characters. */
    public String rule() {
        return rule;
    }

    /** Whether the token was not verified and may be valid. */
    public boolean isUndecided() {
        return this == KEYS_UNAVAILABLE || this == BUSY;
    }
}
