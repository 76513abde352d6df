package io.mcpdata.authentication.jwt;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.Secret;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.Claims;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a token: the platform's caller, and the {@link JsonWebToken} of MicroProfile JWT 2.1. Its identity is
 * issuer and subject, which the issuer never gives to another user; the name is for people. Immutable and thread-safe.
 */
final class TokenCaller extends PlatformCaller implements JsonWebToken {

    private static final long serialVersionUID = 1L;

    private final transient Verification.Accepted verified;
    private final transient Secret token;
    private final String issuer;
    private final String subject;
    private final String rolesRead;

    /** @param expiresAt until when the token is accepted */
    TokenCaller(Verification.Accepted verified, Secret token, RoleClaims claims, Instant expiresAt) {
        super(
                name(verified.claims()),
                AuthenticationMethod.OIDC,
                verified.claims().getString("iss"),
                claims.of(verified.claims()),
                expiresAt);
        this.rolesRead = roles().isEmpty() ? claims.whyNone(verified.claims()) : super.rolesRead();
        this.verified = verified;
        this.token = token;
        this.issuer = verified.claims().getString("iss");
        this.subject = verified.claims().getString("sub");
    }

    /** MicroProfile JWT 2.1, {@link JsonWebToken#getName()}: the first of the three that is present. */
    private static String name(JsonObject claims) {
        return Stream.of("upn", "preferred_username")
                .filter(claim -> claims.get(claim) instanceof JsonString)
                .map(claims::getString)
                .filter(StringOrList::isPlain)
                .findFirst()
                .orElseGet(() -> claims.getString("sub"));
    }

    Verification.Accepted verified() {
        return verified;
    }

    @Override
    public String identity() {
        // no configured issuer contains a space, so two different pairs never give the same text
        return method().label() + ":" + issuer + " " + subject;
    }

    @Override
    public String auditIdentity() {
        return identity();
    }

    @Override
    public String rolesRead() {
        return rolesRead;
    }

    @Override
    public List<String> claimTexts(String path) {
        return RoleClaims.find(verified.claims(), path).map(TokenCaller::texts).orElse(List.of());
    }

    private static List<String> texts(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> List.of(((JsonString) value).getString());
            case NUMBER -> ((JsonNumber) value).isIntegral() ? List.of(value.toString()) : List.of();
            case TRUE, FALSE -> List.of(value.toString());
            case ARRAY ->
                value.asJsonArray().stream()
                        .flatMap(item -> item instanceof JsonStructure ? Stream.empty() : texts(item).stream())
                        .toList();
            case OBJECT, NULL -> List.of();
        };
    }

    @Override
    public String getIssuer() {
        return issuer;
    }

    @Override
    public String getSubject() {
        return subject;
    }

    @Override
    public String getRawToken() {
        return token.reveal();
    }

    /** Zero if the token has no such claim. */
    @Override
    public long getIssuedAtTime() {
        @Nullable Long issuedAt = getClaim(Claims.iat.name());
        return issuedAt == null ? 0 : issuedAt;
    }

    /** Empty if there are none, and if the claim is neither text nor a list of texts. */
    @Override
    public Set<String> getGroups() {
        return StringOrList.oneOrMore(verified.claims().get(Claims.groups.name()))
                .map(Set::copyOf)
                .orElse(Set.of());
    }

    @Override
    public Set<String> getClaimNames() {
        Set<String> names = new LinkedHashSet<>(verified.claims().keySet());
        names.add(Claims.raw_token.name());
        return names;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the interface's signature
    public <T> T getClaim(String claimName) {
        return claimName.equals(Claims.raw_token.name())
                ? (T) getRawToken()
                : (T) ClaimValues.of(claimName, verified.claims().get(claimName));
    }
}
