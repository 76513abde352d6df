package io.mcpdata.authentication.jwt;

import static io.mcpdata.authentication.jwt.TokenMint.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.JwtCredential;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.KeyLocation;
import io.mcpdata.config.OidcConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.Secret;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.SettableConfiguration;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

final class JwtIdentityStoreTest {

    private static final TokenMint MINT = new TokenMint("https://issuer.example", Instant.now());
    private static final KeyLocation KEYS =
            new KeyLocation.Inline(TokenMint.keys().toString(false));

    /** A configuration that a test changes while the store runs. */
    private static final class ChangingConfiguration extends SettableConfiguration {

        void issuers(IssuerConfig... issuers) {
            PlatformConfig none = PlatformConfig.denyAll();
            set(new PlatformConfig(
                    none.server(),
                    ApiKeysConfig.NONE,
                    new OidcConfig(true, List.of(issuers), Optional.empty()),
                    none.personas(),
                    none.connections(),
                    none.audit(),
                    none.limits()));
        }
    }

    private final ChangingConfiguration configuration = new ChangingConfiguration();
    private final ActiveIssuers issuers = new ActiveIssuers(configuration, new PeriodicTasks());
    private final JwtIdentityStore store = new JwtIdentityStore(issuers);

    private CredentialValidationResult present(String token) {
        return store.validate(new JwtCredential(new Secret(token), "192.0.2.1"));
    }

    @Test
    void tokenGivesACallerThatIsAJsonWebTokenAndHasNoGroups() {
        configuration.issuers(Issuers.of(MINT.issuer(), KEYS));
        CredentialValidationResult result = present(MINT.token());
        assertThat(result.getStatus()).isEqualTo(Status.VALID);
        assertThat(result.getCallerGroups()).isEmpty();
        assertThat(result.getCallerPrincipal())
                .isInstanceOf(JsonWebToken.class)
                .isInstanceOfSatisfying(PlatformCaller.class, caller -> {
                    assertThat(caller.roles()).containsExactly("analyst");
                    assertThat(store.stillValid(caller)).isTrue();
                });
        assertThat(issuers.ailments()).isEmpty();
    }

    @Test
    void badTokenIsInvalidAndTheCredentialKnowsWhy() {
        configuration.issuers(Issuers.of(MINT.issuer(), KEYS));
        assertThat(present(MINT.token(MINT.claims().with("exp", "1"))))
                .isSameAs(CredentialValidationResult.INVALID_RESULT);
        assertThat(present("x")).isSameAs(CredentialValidationResult.INVALID_RESULT);
    }

    @Test
    void tokenThatMustBeKnownIsGoodOnceItWasAndNotVerifiedOtherwise() {
        configuration.issuers(Issuers.of(MINT.issuer(), KEYS));
        String token = MINT.token();
        String other = MINT.token(MINT.claims().with("jti", text("other")));
        assertThat(presentKnown(token)).isSameAs(CredentialValidationResult.INVALID_RESULT);
        assertThat(present(token).getStatus()).isEqualTo(Status.VALID);
        assertThat(presentKnown(token).getStatus()).isEqualTo(Status.VALID);
        assertThat(presentKnown(token).getCallerPrincipal()).isInstanceOf(JsonWebToken.class);
        assertThat(presentKnown(other)).isSameAs(CredentialValidationResult.INVALID_RESULT);
        configuration.issuers();
        assertThat(presentKnown(token)).isSameAs(CredentialValidationResult.INVALID_RESULT);
    }

    private CredentialValidationResult presentKnown(String token) {
        JwtCredential presented = new JwtCredential(new Secret(token), "192.0.2.1");
        presented.limitToKnown();
        return store.validate(presented);
    }

    @Test
    void withoutIssuersEveryTokenIsInvalid() {
        assertThat(present(MINT.token())).isSameAs(CredentialValidationResult.INVALID_RESULT);
    }

    @Test
    void removedIssuerEndsItsTokensAtOnceAndChangedRulesTheirCallers() {
        configuration.issuers(Issuers.of(MINT.issuer(), KEYS));
        PlatformCaller caller = (PlatformCaller) present(MINT.token()).getCallerPrincipal();
        configuration.issuers(Issuers.of(MINT.issuer(), KEYS, List.of("groups"), Set.of("openid")));
        assertThat(store.stillValid(caller)).isTrue();
        configuration.issuers(Issuers.of(MINT.issuer(), KEYS, List.of("role"), Set.of()));
        assertThat(store.stillValid(caller)).isFalse();
        configuration.issuers();
        assertThat(store.stillValid(caller)).isFalse();
        assertThat(present(MINT.token()).getStatus()).isEqualTo(Status.INVALID);
    }

    @Test
    void keysOutliveAChangeOfTheOtherRules() throws Exception {
        try (FakeIssuer issuer = new FakeIssuer()) {
            KeyLocation there = new KeyLocation.KeySet(URI.create(issuer.url() + FakeIssuer.KEYS));
            TokenMint mint = new TokenMint(issuer.url(), Instant.now());
            configuration.issuers(Issuers.of(issuer.url(), there));
            // on a busy machine the keys can come later than a request waits for them
            Eventually.within(
                    Duration.ofSeconds(30),
                    "the keys are there",
                    () -> present(mint.token()).getStatus() == Status.VALID);
            issuer.on(FakeIssuer.KEYS, FakeIssuer.status(500));
            configuration.issuers(Issuers.of(issuer.url(), there, List.of("role"), Set.of()));
            assertThat(present(mint.token(mint.claims().with("role", text("admin"))))
                            .getStatus())
                    .isEqualTo(Status.VALID);
        }
    }

    @Test
    void issuerWithoutKeysAils() {
        configuration.issuers(Issuers.of(MINT.issuer(), new KeyLocation.Inline("no key")));
        assertThat(present(MINT.token()).getStatus()).isEqualTo(Status.INVALID);
        assertThat(issuers.ailments()).containsExactly("identity provider unreachable");
    }

    @Test
    void storeComesBeforeTheKeysAndProvidesNoGroups() {
        assertThat(store.priority()).isLessThan(200);
        assertThat(store.validationTypes()).containsExactly(ValidationType.VALIDATE);
        assertThat(store.method()).isEqualTo(AuthenticationMethod.OIDC);
        assertThat(store.validate(new UsernamePasswordCredential("ada", "x")))
                .isSameAs(CredentialValidationResult.NOT_VALIDATED_RESULT);
        assertThat(store.stillValid(new PlatformCaller("ada", AuthenticationMethod.OIDC, "x", List.of(), null)))
                .isFalse();
    }
}
