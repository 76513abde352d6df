package io.mcpdata.authentication.apikey;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreUnavailableException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;

/**
 * Makes, rotates and revokes keys at run time. A change and its audit row are made together or not at all, and take
 * effect on this server before the method returns. One change at a time; thread-safe.
 */
public final class KeyAdministration {

    private static final Duration REVOKED_ARE_LISTED = Duration.ofDays(90);

    private final PlatformStore store;
    private final StoredKeys keys;
    private final AuditLog audit;
    private final Clock clock;
    private final KeyRules rules;
    private final SecureRandom random = new SecureRandom();

    KeyAdministration(
            ActiveConfiguration configuration, PlatformStore store, StoredKeys keys, AuditLog audit, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
        this.rules = new KeyRules(configuration);
    }

    /**
     * @throws KeyChangeRefused if the caller may not make this key
     * @throws StoreUnavailableException if the store does not take it
     */
    public MadeKey create(KeyOrder order, KeyManager by) {
        return change(by, order.name(), rows -> {
            rules.mayMake(order, rows.unrevoked(), by);
            MadeKey made = made(order, by);
            rows.insert(made.stored());
            record(by, "key_created", KeyChangeText.of(made.stored()));
            return made;
        });
    }

    /** The key lets nobody in any more when this returns; revoking it again changes nothing. */
    public void revoke(String keyId, KeyManager by) {
        change(by, keyId, rows -> {
            StoredKey stored = rules.stored(keyId, rows.find(keyId));
            if (stored.revokedAt().isEmpty()) {
                rows.revoke(keyId, now());
                record(by, "key_revoked", KeyChangeText.of(stored));
            }
            return stored;
        });
    }

    /**
     * Makes a key like this one, which ends after the overlap. If the old one was to end of itself, the new one lasts as
     * long, counted from now.
     */
    public MadeKey rotate(String keyId, Duration overlap, KeyManager by) {
        return change(by, keyId, rows -> {
            Instant now = now();
            StoredKey old = rules.stored(keyId, rows.find(keyId));
            rules.mayRotate(old, now, by);
            MadeKey made = made(successor(old, now), by);
            rows.insert(made.stored());
            Instant end = now.plus(overlap);
            rows.replace(
                    keyId,
                    made.stored().id(),
                    old.key().expiresAt().filter(end::isAfter).orElse(end));
            record(by, "key_rotated", KeyChangeText.rotated(old, made.stored(), overlap));
            return made;
        });
    }

    private static KeyOrder successor(StoredKey old, Instant now) {
        Optional<Instant> end = old.key().expiresAt().map(last -> now.plus(Duration.between(old.createdAt(), last)));
        return new KeyOrder(
                old.key().name(),
                old.key().roles(),
                old.key().description(),
                old.key().email(),
                Optional.empty(),
                end,
                old.key().allowedNetworks());
    }

    private MadeKey made(KeyOrder order, KeyManager by) {
        Secret value = KeyFormat.generate(random);
        StoredKey stored = new StoredKey(
                order.key(KeyDigest.of(value.reveal())),
                by.subject().caller(),
                now(),
                Optional.empty(),
                Optional.empty());
        return new MadeKey(value, stored);
    }

    /** The audit row is written within the change: should it fail, the change is rolled back. */
    private synchronized <T> T change(KeyManager by, String what, Function<KeyRows, T> change) {
        try {
            T changed = store.jdbi().inTransaction(handle -> {
                KeyRows rows = new KeyRows(handle);
                rows.forgetRevokedBefore(now().minus(REVOKED_ARE_LISTED));
                return change.apply(rows);
            });
            keys.refresh();
            return changed;
        } catch (KeyChangeRefused refused) {
            audit.record(event(by, Outcome.DENIED)
                    .because(refused.reason().category(), "")
                    .withCall("", "", KeyChangeText.about(what)));
            throw refused;
        } catch (JdbiException e) {
            throw new StoreUnavailableException("a change of keys could not be stored", e);
        }
    }

    private void record(KeyManager by, String category, String what) {
        audit.record(event(by, Outcome.SUCCESS).because(category, "").withCall("", "", what));
    }

    private AuditEvent event(KeyManager by, Outcome outcome) {
        return AuditEvent.of(clock.instant(), Type.KEY_CHANGE, outcome, by.subject(), by.origin());
    }

    /** As exact as the store keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
