package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.NetworkRange;
import io.mcpdata.config.Secret;
import io.mcpdata.store.CopyTarget;
import io.mcpdata.store.PostgresServer;
import io.mcpdata.store.ReadOnlyStore;
import io.mcpdata.store.TemporaryStore;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that were made at run time with an embedded store, after the copy to PostgreSQL. */
final class CopiedKeysTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private static final String GOOD = KeyFormat.generate(new SecureRandom()).reveal();
    private static final String REVOKED = KeyFormat.generate(new SecureRandom()).reveal();

    @TempDir
    Path directory;

    private static StoredKey key(String value, String name) {
        ApiKeyConfig key = new ApiKeyConfig(
                name,
                KeyDigest.of(value),
                List.of("analyst", "viewer"),
                Optional.of("for the night"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW.plusSeconds(3_600)),
                List.of(NetworkRange.parse("127.0.0.0/8")));
        return new StoredKey(
                key,
                new KeyMaker("root", "api_key:0123456789ab", "0123456789ab"),
                NOW,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void keysRevocationsRevisionAndLastUseAreThoseOfBefore() {
        PostgresServer.Database database = PostgresServer.newDatabase();
        List<StoredKey> keys;
        long revision;
        Map<String, KeyUse> used;
        try (TemporaryStore embedded = new TemporaryStore(directory)) {
            embedded.jdbi().useTransaction(handle -> {
                KeyRows rows = new KeyRows(handle);
                rows.insert(key(GOOD, "etl"));
                rows.insert(key(REVOKED, "old"));
                rows.replace(KeyDigest.of(REVOKED).id(), KeyDigest.of(GOOD).id(), NOW.plusSeconds(60));
                rows.revoke(KeyDigest.of(REVOKED).id(), NOW);
            });
            KeyUses uses = new KeyUses(embedded);
            uses.add(KeyDigest.of(GOOD).id(), NOW, "127.0.0.1");
            uses.add(KeyDigest.of(GOOD).id(), NOW, "127.0.0.1");
            uses.flush();
            used = uses.all();
            keys = embedded.jdbi().withHandle(handle -> new KeyRows(handle).all());
            revision = embedded.jdbi().withHandle(handle -> new KeyRows(handle).revision());
        }

        try (ReadOnlyStore source = ReadOnlyStore.ofDirectory(directory)) {
            assertThat(CopyTarget.open(database.config("one")).take(source, handle -> {}))
                    .isEqualTo(2);
        }

        try (TemporaryStore store = TemporaryStore.on(database, "one")) {
            store.jdbi().useHandle(handle -> {
                assertThat(new KeyRows(handle).all()).isEqualTo(keys).hasSize(2);
                assertThat(new KeyRows(handle).revision()).isEqualTo(revision).isGreaterThan(1);
            });
            assertThat(new KeyUses(store).all()).isEqualTo(used).hasSize(1);
            ChangingConfiguration configuration = new ChangingConfiguration();
            configuration.keys(true);
            StoredKeys stored = new StoredKeys(store);
            stored.refresh();
            ApiKeyIdentityStore identities =
                    new ApiKeyIdentityStore(new ActiveKeyRing(configuration), stored, new KeyUses(store));
            assertThat(identities
                            .validate(new ApiKeyCredential(new Secret(GOOD), "127.0.0.1"))
                            .getStatus())
                    .isEqualTo(Status.VALID);
            assertThat(identities
                            .validate(new ApiKeyCredential(new Secret(REVOKED), "127.0.0.1"))
                            .getStatus())
                    .isEqualTo(Status.INVALID);
        }
    }
}
