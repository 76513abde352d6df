package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.NetworkRange;
import io.mcpdata.config.Secret;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyIdentityStoreTest {

    private static final String KEY = "canary-Key-0123456789";
    private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    private final ChangingConfiguration configuration = new ChangingConfiguration();
    private final InMemoryStore database = new InMemoryStore();
    private final KeyUses uses = new KeyUses(database);
    private final ApiKeyIdentityStore store =
            new ApiKeyIdentityStore(new ActiveKeyRing(configuration), new StoredKeys(database), uses);

    @AfterEach
    void close() {
        database.close();
    }

    private static ApiKeyConfig key(@Nullable Instant notBefore, @Nullable Instant expiresAt, String... networks) {
        return new ApiKeyConfig(
                "svc",
                KeyDigest.of(KEY),
                List.of("analyst"),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(notBefore),
                Optional.ofNullable(expiresAt),
                List.of(networks).stream().map(NetworkRange::parse).toList());
    }

    private CredentialValidationResult present(String key, String address) {
        return store.validate(new ApiKeyCredential(new Secret(key), address));
    }

    @Test
    void knownKeyGivesItsNameAndRolesButNoGroups() {
        configuration.keys(true, key(null, null));
        CredentialValidationResult result = present(KEY, "127.0.0.1");
        assertThat(result.getStatus()).isEqualTo(Status.VALID);
        assertThat(result.getCallerGroups()).isEmpty();
        assertThat(result.getCallerPrincipal()).isInstanceOfSatisfying(PlatformCaller.class, caller -> {
            assertThat(caller.getName()).isEqualTo("svc");
            assertThat(caller.roles()).containsExactly("analyst");
            assertThat(caller.credentialId()).isEqualTo(KeyDigest.of(KEY).id());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Canary-Key-0123456789",
                "canary-Key-0123456789 ",
                " canary-Key-0123456789",
                "canary-Key-012345678",
                "canary-Key-0123456789\0",
                "c\u0430nary-Key-0123456789",
                ""
            })
    void anythingButTheExactKeyIsInvalid(String presented) {
        configuration.keys(true, key(null, null));
        assertThat(present(presented, "127.0.0.1")).isSameAs(CredentialValidationResult.INVALID_RESULT);
    }

    @Test
    void disabledSectionKnowsNoKey() {
        configuration.keys(false, key(null, null));
        assertThat(present(KEY, "127.0.0.1").getStatus()).isEqualTo(Status.INVALID);
    }

    @Test
    void keyIsRefusedOutsideItsTime() {
        configuration.keys(true, key(null, PAST));
        assertThat(present(KEY, "127.0.0.1").getStatus()).isEqualTo(Status.INVALID);
        configuration.keys(true, key(FUTURE, null));
        assertThat(present(KEY, "127.0.0.1").getStatus()).isEqualTo(Status.INVALID);
        configuration.keys(true, key(PAST, FUTURE));
        assertThat(present(KEY, "127.0.0.1").getStatus()).isEqualTo(Status.VALID);
    }

    @Test
    void keyIsRefusedOutsideItsNetworks() {
        configuration.keys(true, key(null, null, "10.0.0.0/8", "2001:db8::/32"));
        assertThat(present(KEY, "10.1.2.3").getStatus()).isEqualTo(Status.VALID);
        assertThat(present(KEY, "::ffff:10.1.2.3").getStatus()).isEqualTo(Status.VALID);
        assertThat(present(KEY, "2001:db8::1").getStatus()).isEqualTo(Status.VALID);
        assertThat(present(KEY, "11.1.2.3").getStatus()).isEqualTo(Status.INVALID);
        assertThat(present(KEY, "not an address").getStatus()).isEqualTo(Status.INVALID);
    }

    @Test
    void removedKeyIsRefusedAtOnceAndItsStreamsKnow() {
        configuration.keys(true, key(null, null));
        PlatformCaller caller = (PlatformCaller) present(KEY, "127.0.0.1").getCallerPrincipal();
        assertThat(store.stillValid(caller)).isTrue();
        configuration.keys(true);
        assertThat(present(KEY, "127.0.0.1").getStatus()).isEqualTo(Status.INVALID);
        assertThat(store.stillValid(caller)).isFalse();
    }

    @Test
    void streamIsGoodWhereItsKeyIsAllowedNow() {
        configuration.keys(true, key(null, null));
        PlatformCaller caller = (PlatformCaller) present(KEY, "11.1.2.3").getCallerPrincipal();
        assertThat(store.validFrom(caller, "11.1.2.3")).isTrue();
        configuration.keys(true, key(null, null, "10.0.0.0/8"));
        assertThat(store.validFrom(caller, "11.1.2.3")).isFalse();
        assertThat(store.validFrom(caller, "10.1.2.3")).isTrue();
        configuration.keys(true);
        assertThat(store.validFrom(caller, "10.1.2.3")).isFalse();
    }

    @Test
    void storeThatDoesNotAnswerConcernsNoKeyOfTheFile() {
        database.breakDown();
        configuration.keys(true, key(null, null));
        assertThat(present(KEY, "127.0.0.1").getStatus()).isEqualTo(Status.VALID);
        assertThat(present("some-other-Key-0123456789", "127.0.0.1").getStatus())
                .isEqualTo(Status.INVALID);
    }

    @Test
    void everyUseOfAGoodKeyIsCountedAndNoOther() {
        configuration.keys(true, key(null, null));
        present(KEY, "10.0.0.1");
        present(KEY, "10.0.0.2");
        present("some-other-Key-0123456789", "10.0.0.3");
        assertThat(uses.all()).containsOnlyKeys(KeyDigest.of(KEY).id());
        assertThat(uses.all().get(KeyDigest.of(KEY).id()))
                .extracting(KeyUse::address, KeyUse::count)
                .containsExactly("10.0.0.2", 2L);
    }

    @Test
    void credentialOfAnotherKindIsNotValidated() {
        assertThat(store.validate(new UsernamePasswordCredential("svc", KEY)))
                .isSameAs(CredentialValidationResult.NOT_VALIDATED_RESULT);
    }

    @Test
    void storeProvidesNoGroups() {
        assertThat(store.validationTypes()).containsExactly(ValidationType.VALIDATE);
    }
}
