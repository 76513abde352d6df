package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.http.InMemoryResponse;
import io.mcpdata.http.RequestId;
import io.mcpdata.http.RequestOrigins;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenAuthenticationMechanismTest {

    private static final String GOOD = "good-key-0123456789";
    private static final String EXPIRED = "expired-key-0123456789";
    private static final PlatformCaller CALLER = new PlatformCaller(
            "etl", AuthenticationMethod.API_KEY, KeyDigest.of(GOOD).id(), List.of("admin"), null);

    private final List<Credential> asked = new ArrayList<>();
    private final List<AuditEvent> rows = new ArrayList<>();
    private final List<CredentialValidationResult> logins = new ArrayList<>();
    private final InMemoryActiveConfiguration configuration =
            InMemoryActiveConfiguration.of("auth: {api_keys: {enabled: true, keys: []}}");
    private final InMemoryResponse response = new InMemoryResponse();

    private CredentialValidationResult validate(Credential credential) {
        asked.add(credential);
        ApiKeyCredential key = (ApiKeyCredential) credential;
        if (key.digest().equals(KeyDigest.of(GOOD))) {
            return new CredentialValidationResult(null, CALLER, null, null, Set.of());
        }
        if (key.digest().equals(KeyDigest.of(EXPIRED))) {
            key.refuse("expired_key", "etl");
        }
        return CredentialValidationResult.INVALID_RESULT;
    }

    private AuthenticationStatus judge(HttpServletRequest request, IdentityStoreHandler stores, AuditLog audit) {
        return new TokenAuthenticationMechanism(
                        configuration,
                        stores,
                        new FailedAttempts(configuration, audit, Clock.systemUTC(), System::nanoTime),
                        new RequestOrigins(configuration),
                        new ChallengeWriter(configuration, (asked, answered) -> false))
                .validateRequest(request, response.asResponse(), context(true));
    }

    private AuthenticationStatus judge(FakeRequest request) {
        return judge(request.asRequest(), this::validate, rows::add);
    }

    private HttpMessageContext context(boolean isProtected) {
        return (HttpMessageContext) Proxy.newProxyInstance(
                TokenAuthenticationMechanismTest.class.getClassLoader(),
                new Class<?>[] {HttpMessageContext.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "isProtected" -> isProtected;
                    case "doNothing" -> AuthenticationStatus.NOT_DONE;
                    case "notifyContainerAboutLogin" -> {
                        logins.add((CredentialValidationResult) args[0]);
                        yield AuthenticationStatus.SUCCESS;
                    }
                    default -> throw new AssertionError("not expected to be asked: " + called.getName());
                });
    }

    private static FakeRequest bearing(String key) {
        return new FakeRequest("POST", "/messages").header("Authorization", "Bearer " + key);
    }

    @Test
    void goodKeyLogsItsCallerIn() {
        assertThat(judge(bearing(GOOD))).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(logins)
                .singleElement()
                .satisfies(login -> assertThat(login.getCallerPrincipal()).isSameAs(CALLER));
        assertThat(response.body()).isEmpty();
        assertThat(rows).isEmpty();
    }

    @Test
    void openResourceAsksForNothing() {
        HttpServletRequest request = bearing("a-key-of-no-entry").asRequest();
        assertThat(new TokenAuthenticationMechanism(
                                configuration,
                                this::validate,
                                new FailedAttempts(configuration, rows::add, Clock.systemUTC(), System::nanoTime),
                                new RequestOrigins(configuration),
                                new ChallengeWriter(configuration, (asked, answered) -> false))
                        .validateRequest(request, response.asResponse(), context(false)))
                .isEqualTo(AuthenticationStatus.NOT_DONE);
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-key-0123456789, unknown_key, ''",
        "expired-key-0123456789, expired_key, etl",
        "GOOD-KEY-0123456789, unknown_key, ''",
        "good-key-0123456789\u00a0, unknown_key, ''",
        "good-key-012345678, unknown_key, ''",
    })
    void refusedKeyIsAuditedWithItsReasonBeforeItIsAnswered(String key, String category, String name) {
        assertThat(judge(bearing(key))).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row.type()).isEqualTo(AuditEvent.Type.LOGIN_FAILURE);
            assertThat(row.outcome()).isEqualTo(AuditEvent.Outcome.DENIED);
            assertThat(row.category()).isEqualTo(category);
            assertThat(row.subject().caller()).isEqualTo(name);
            assertThat(row.subject().credentialId()).isEqualTo(KeyDigest.of(key).id());
            assertThat(row.origin().clientAddress()).isEqualTo("192.0.2.7");
            assertThat(row.toString()).doesNotContain(key);
        });
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"mcp-data-platform\", error=\"invalid_token\"")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Content-Type", "application/problem+json");
        assertThat(response.body()).doesNotContain(key, category);
    }

    @Test
    void answerDoesNotTellWhyAKeyIsRefused() {
        HttpServletRequest unknown = bearing("unknown-key-0123456789").asRequest();
        judge(unknown, this::validate, rows::add);
        String first = response.body().replace(RequestId.of(unknown), "ID");
        InMemoryResponse other = new InMemoryResponse();
        HttpServletRequest expired = bearing(EXPIRED).asRequest();
        new TokenAuthenticationMechanism(
                        configuration,
                        this::validate,
                        new FailedAttempts(configuration, rows::add, Clock.systemUTC(), System::nanoTime),
                        new RequestOrigins(configuration),
                        new ChallengeWriter(configuration, (asked, answered) -> false))
                .validateRequest(expired, other.asResponse(), context(true));
        assertThat(other.body().replace(RequestId.of(expired), "ID")).isEqualTo(first);
        assertThat(other.headers()).isEqualTo(response.headers());
    }

    @Test
    void nothingPresentedIsAskedForWithoutAnErrorAndWithoutARow() {
        assertThat(judge(new FakeRequest("GET", "/sse"))).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"mcp-data-platform\"");
        assertThat(rows).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void foreignSchemeIsAskedForAnotherAndAudited() {
        judge(new FakeRequest("GET", "/sse").header("Authorization", "Basic canary-4711"));
        assertThat(response.status()).isEqualTo(401);
        assertThat(rows).extracting(AuditEvent::category).containsExactly("unsupported_scheme");
        assertThat(rows.toString() + response.body()).doesNotContain("canary");
        assertThat(asked).isEmpty();
    }

    @Test
    void severalCredentialsAreABadRequestWhichNoStoreSees() {
        judge(bearing(GOOD).header("X-API-Key", "another-key-0123456789"));
        assertThat(response.status()).isEqualTo(400);
        assertThat(rows).extracting(AuditEvent::category).containsExactly("several_credentials");
        assertThat(asked).isEmpty();
    }

    @Test
    void requestThatIsAnsweredAtTheDoorIsAskedForNoCredential() {
        HttpServletRequest request = bearing("a-key-of-no-entry").asRequest();
        TokenAuthenticationMechanism mechanism = new TokenAuthenticationMechanism(
                configuration,
                this::validate,
                new FailedAttempts(configuration, rows::add, Clock.systemUTC(), System::nanoTime),
                new RequestOrigins(configuration),
                new ChallengeWriter(configuration, (asked, answered) -> {
                    answered.setStatus(204);
                    return true;
                }));
        for (int call = 0; call < 2; call++) {
            assertThat(mechanism.validateRequest(request, response.asResponse(), context(true)))
                    .isEqualTo(AuthenticationStatus.SEND_FAILURE);
        }
        assertThat(response.status()).isEqualTo(204);
        assertThat(asked).isEmpty();
        assertThat(rows).isEmpty();
    }

    /** Without a configuration the allowed names and pages are unknown. */
    @Test
    void withoutAConfigurationTheDoorIsNotAsked() {
        InMemoryActiveConfiguration none = InMemoryActiveConfiguration.none();
        ChallengeWriter refusals = new ChallengeWriter(none, (asked, answered) -> {
            throw new AssertionError("asked");
        });
        assertThat(refusals.answersBeforeAuthentication(bearing(GOOD).asRequest(), response.asResponse()))
                .isFalse();
    }

    @Test
    void withoutAConfigurationNoCredentialIsChecked() {
        InMemoryActiveConfiguration none = InMemoryActiveConfiguration.none();
        AuthenticationStatus status = new TokenAuthenticationMechanism(
                        none,
                        this::validate,
                        new FailedAttempts(none, rows::add, Clock.systemUTC(), System::nanoTime),
                        new RequestOrigins(none),
                        new ChallengeWriter(none, (asked, answered) -> false))
                .validateRequest(bearing(GOOD).asRequest(), response.asResponse(), context(true));
        assertThat(status).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsKey("Retry-After");
        assertThat(asked).isEmpty();
    }

    @Test
    void errorInAStoreDenies() {
        IdentityStoreHandler broken = credential -> {
            throw new IllegalStateException("canary");
        };
        assertThat(judge(bearing(GOOD).asRequest(), broken, rows::add)).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("canary");
        assertThat(logins).isEmpty();
    }

    @Test
    void refusalThatCannotBeAuditedIsARefusalStill() {
        AuditLog down = event -> {
            throw new AuditUnavailableException("down", new IllegalStateException());
        };
        assertThat(judge(bearing("unknown-key-0123456789").asRequest(), this::validate, down))
                .isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(response.status()).isEqualTo(503);
        assertThat(logins).isEmpty();
    }

    @Test
    void secondCallWithinARequestChangesNothing() {
        HttpServletRequest good = bearing(GOOD).asRequest();
        assertThat(judge(good, this::validate, rows::add)).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(judge(good, this::validate, rows::add)).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(asked).hasSize(1);

        HttpServletRequest bad = bearing("unknown-key-0123456789").asRequest();
        assertThat(judge(bad, this::validate, rows::add)).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        String body = response.body();
        assertThat(judge(bad, this::validate, rows::add)).isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(response.body()).isEqualTo(body);
        assertThat(rows).hasSize(1);
        assertThat(asked).hasSize(2);
    }

    @Test
    void keyInTheQueryIsGoodForAnEventStreamAlone() {
        assertThat(judge(new FakeRequest("GET", "/sse?api_key=" + GOOD))).isEqualTo(AuthenticationStatus.SUCCESS);
        assertThat(judge(new FakeRequest("POST", "/messages?api_key=" + GOOD)))
                .isEqualTo(AuthenticationStatus.SEND_FAILURE);
        assertThat(rows).extracting(AuditEvent::category).containsExactly("key_in_query");
    }
}
