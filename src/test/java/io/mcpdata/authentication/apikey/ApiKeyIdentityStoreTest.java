package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.ApiKeysConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.NetworkRange;
import io.mcpdata.config.PlatformConfig;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyIdentityStoreTest {

    private static final String KEY = "canary-Key-0123456789";
    private static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    /** A configuration that a test changes under the store's feet. */
    private static final class ChangingConfiguration implements ActiveConfiguration {
        private PlatformConfig config = PlatformConfig.denyAll();

        void keys(boolean enabled, ApiKeyConfig... keys) {
            PlatformConfig none = PlatformConfig.denyAll();
            config = new PlatformConfig(
                    none.server(),
                    new ApiKeysConfig(enabled, true, List.of(keys)),
                    none.personas(),
                    none.connections(),
                    none.audit(),
                    none.limits());
        }

        @Override
        public PlatformConfig config() {
            return config;
        }

        @Override
        public boolean usable() {
            return true;
        }

        @Override
        public List<String> problems() {
            return List.of();
        }
    }

    private final ChangingConfiguration configuration = new ChangingConfiguration();
    private final ApiKeyIdentityStore store = new ApiKeyIdentityStore(new ActiveKeyRing(configuration));

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
        return store.validate(new ApiKeyCredential(KeyDigest.of(key), address));
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
    void credentialOfAnotherKindIsNotValidated() {
        assertThat(store.validate(new UsernamePasswordCredential("svc", KEY)))
                .isSameAs(CredentialValidationResult.NOT_VALIDATED_RESULT);
    }

    @Test
    void storeProvidesNoGroups() {
        assertThat(store.validationTypes()).containsExactly(ValidationType.VALIDATE);
    }
}
