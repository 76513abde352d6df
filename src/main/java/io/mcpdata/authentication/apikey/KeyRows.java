package io.mcpdata.authentication.apikey;

import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.NetworkRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The table of keys made at run time, within one transaction or connection. Every change raises the revision, by which
 * other readers of the store notice it.
 */
final class KeyRows {

    private static final String LIST_SEPARATOR = "\n";

    private final Handle handle;

    KeyRows(Handle handle) {
        this.handle = handle;
    }

    long revision() {
        return handle.createQuery("SELECT revision FROM api_key_revision WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    /** Makes other servers wait with their changes until this transaction ends, so that no rule is decided on old rows. */
    KeyRows locked() {
        handle.createQuery("SELECT revision FROM api_key_revision WHERE id = 1 FOR UPDATE")
                .mapTo(Long.class)
                .one();
        return this;
    }

    /** All keys, including revoked ones, in the order of creation. */
    List<StoredKey> all() {
        return handle.createQuery("SELECT * FROM api_key ORDER BY created_at, key_id")
                .map(KeyRows::key)
                .list();
    }

    List<StoredKey> unrevoked() {
        return handle.createQuery("SELECT * FROM api_key WHERE revoked_at IS NULL")
                .map(KeyRows::key)
                .list();
    }

    /** The keys that are valid now or will be. */
    List<StoredKey> living(Instant now) {
        return handle.createQuery(
                        "SELECT * FROM api_key WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)")
                .bind("now", utc(now))
                .map(KeyRows::key)
                .list();
    }

    /** The keys of this name, ignoring case, including ended ones. */
    List<StoredKey> named(String name) {
        return handle.createQuery("SELECT * FROM api_key WHERE LOWER(name) = LOWER(:name)")
                .bind("name", name)
                .map(KeyRows::key)
                .list();
    }

    Optional<StoredKey> find(String keyId) {
        return handle.createQuery("SELECT * FROM api_key WHERE key_id = :id")
                .bind("id", keyId)
                .map(KeyRows::key)
                .findOne();
    }

    void insert(StoredKey stored) {
        ApiKeyConfig key = stored.key();
        raiseRevision();
        handle.createUpdate("""
                        INSERT INTO api_key (key_id, digest, name, roles, description, email, not_before, expires_at,
                            allowed_networks, created_at, created_by, created_by_identity, created_by_credential)
                        VALUES (:id, :digest, :name, :roles, :description, :email, :notBefore, :expiresAt,
                            :networks, :createdAt, :createdBy, :createdByIdentity, :createdByCredential)""")
                .bind("id", stored.id())
                .bind("digest", key.digest().hex())
                .bind("name", key.name())
                .bind("roles", String.join(LIST_SEPARATOR, key.roles()))
                .bind("description", key.description().orElse(null))
                .bind("email", key.email().orElse(null))
                .bind("notBefore", key.notBefore().map(KeyRows::utc).orElse(null))
                .bind("expiresAt", key.expiresAt().map(KeyRows::utc).orElse(null))
                .bind(
                        "networks",
                        String.join(
                                LIST_SEPARATOR,
                                key.allowedNetworks().stream()
                                        .map(NetworkRange::toString)
                                        .toList()))
                .bind("createdAt", utc(stored.createdAt()))
                .bind("createdBy", stored.createdBy().name())
                .bind("createdByIdentity", stored.createdBy().identity())
                .bind("createdByCredential", stored.createdBy().credentialId())
                .execute();
    }

    void revoke(String keyId, Instant now) {
        raiseRevision();
        handle.createUpdate("UPDATE api_key SET revoked_at = :now WHERE key_id = :id AND revoked_at IS NULL")
                .bind("now", utc(now))
                .bind("id", keyId)
                .execute();
    }

    void replace(String keyId, String by, Instant end) {
        raiseRevision();
        handle.createUpdate("UPDATE api_key SET replaced_by = :by, expires_at = :end WHERE key_id = :id")
                .bind("by", by)
                .bind("end", utc(end))
                .bind("id", keyId)
                .execute();
    }

    /** Deletes the keys that were revoked or expired before this moment, and their use; returns how many there were. */
    int forgetEndedBefore(Instant moment) {
        handle.createUpdate("""
                        DELETE FROM api_key_use WHERE key_id IN
                            (SELECT key_id FROM api_key WHERE revoked_at < :moment OR expires_at < :moment)""").bind("moment", utc(moment)).execute();
        int forgotten = handle.createUpdate("DELETE FROM api_key WHERE revoked_at < :moment OR expires_at < :moment")
                .bind("moment", utc(moment))
                .execute();
        if (forgotten > 0) {
            raiseRevision();
        }
        return forgotten;
    }

    private void raiseRevision() {
        handle.createUpdate("UPDATE api_key_revision SET revision = revision + 1 WHERE id = 1")
                .execute();
    }

    private static StoredKey key(ResultSet row, StatementContext context) throws SQLException {
        ApiKeyConfig key = new ApiKeyConfig(
                row.getString("name"),
                new KeyDigest(row.getString("digest")),
                list(row.getString("roles"), Function.identity()),
                Optional.ofNullable(row.getString("description")),
                Optional.ofNullable(row.getString("email")),
                instant(row, "not_before"),
                instant(row, "expires_at"),
                list(row.getString("allowed_networks"), NetworkRange::parse));
        return new StoredKey(
                key,
                new KeyMaker(
                        row.getString("created_by"),
                        row.getString("created_by_identity"),
                        row.getString("created_by_credential")),
                instant(row, "created_at").orElseThrow(),
                Optional.ofNullable(row.getString("replaced_by")),
                instant(row, "revoked_at"));
    }

    private static <T> List<T> list(String text, Function<String, T> conversion) {
        return Stream.of(text.split(LIST_SEPARATOR))
                .filter(item -> !item.isEmpty())
                .map(conversion)
                .toList();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
