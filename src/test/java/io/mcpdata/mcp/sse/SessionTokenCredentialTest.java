package io.mcpdata.mcp.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.SessionTokenCredential;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import io.mcpdata.mcp.sse.SseFixture.Client;
import io.mcpdata.mcp.stream.CloseReason;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SessionTokenCredentialTest {

    private final SseFixture fixture = new SseFixture();
    private final Client client = fixture.connect(
            fixture.caller(SseFixture.key("ann", "k", fixture.clock.instant().plusSeconds(60))), true);
    private final StreamCredentialIdentityStore store = new StreamCredentialIdentityStore(
            fixture.sessions, new StreamTickets(fixture.server, fixture.clock), fixture.credentials);

    @Test
    void tokenOfTheSessionIsItsCaller() {
        CredentialValidationResult result = store.validate(presented(client.sessionId(), client.token()));

        assertThat(result.getStatus()).isEqualTo(Status.VALID);
        assertThat(result.getCallerPrincipal()).isSameAs(client.caller().caller());
        assertThat(result.getCallerGroups()).isEmpty();
    }

    @Test
    void wrongTokenIsInvalid() {
        assertInvalid(client.sessionId(), client.token() + "x");
        assertInvalid(client.sessionId(), client.token().toLowerCase(java.util.Locale.ROOT));
        assertInvalid(client.sessionId(), "");
    }

    @Test
    void tokenOfAnotherSessionIsInvalid() {
        Client other = fixture.connect(fixture.caller("ann"), true);

        assertInvalid(other.sessionId(), client.token());
        assertInvalid("unknown", client.token());
    }

    @Test
    void sessionOpenedWithAHeaderHasNoTokenThatFits() {
        Client byHeader = fixture.connect("ann");

        assertInvalid(byHeader.sessionId(), "");
        assertInvalid(byHeader.sessionId(), client.token());
    }

    @Test
    void tokenDiesWithTheStream() {
        fixture.sessions.find(client.sessionId()).orElseThrow().stream().close(CloseReason.IDLE);

        assertInvalid(client.sessionId(), client.token());
    }

    @Test
    void tokenDiesWithTheKeyBehindItBeforeAnyWatchLooks() {
        fixture.recheck.revoke("k");

        assertInvalid(client.sessionId(), client.token());
    }

    @Test
    void tokenDiesWhenTheKeyBehindItExpires() {
        fixture.clock.advance(Duration.ofSeconds(60));

        assertInvalid(client.sessionId(), client.token());
    }

    @Test
    void tokenIsGoodOnlyFromWhereTheKeyBehindItIs() {
        fixture.recheck.bind("k", SseFixture.ORIGIN.clientAddress());
        SessionTokenCredential elsewhere =
                new SessionTokenCredential(client.sessionId(), KeyDigest.of(client.token()), "198.51.100.1");

        assertThat(store.validate(elsewhere)).isSameAs(CredentialValidationResult.INVALID_RESULT);
        assertThat(store.validate(presented(client.sessionId(), client.token())).getStatus())
                .isEqualTo(Status.VALID);
    }

    @Test
    void otherCredentialsAreLeftToOtherStores() {
        assertThat(store.validate(new ApiKeyCredential(new Secret(client.token()), "192.0.2.1")))
                .isSameAs(CredentialValidationResult.NOT_VALIDATED_RESULT);
    }

    @Test
    void storeValidatesAndProvidesNoGroups() {
        assertThat(store.validationTypes()).containsExactly(ValidationType.VALIDATE);
        assertThat(store.priority()).isEqualTo(50);
    }

    private void assertInvalid(String sessionId, String token) {
        assertThat(store.validate(presented(sessionId, token))).isSameAs(CredentialValidationResult.INVALID_RESULT);
    }

    private static SessionTokenCredential presented(String sessionId, String token) {
        return new SessionTokenCredential(sessionId, KeyDigest.of(token), SseFixture.ORIGIN.clientAddress());
    }
}
