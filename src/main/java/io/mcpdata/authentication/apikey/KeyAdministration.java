package io.mcpdata.authentication.apikey;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.apikey.KeyChangeRefused.Reason;
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
import java.util.function.Predicate;
import org.jdbi.v3.core.JdbiException;

/**
 * Makes, rotates and revokes keys at run time. A change and its audit row are one transaction, survive a crash of the
 * machine, and take effect on this server before the method returns. One change at a time; thread-safe.
 */
public final class KeyAdministration {

    private static final Duration ENDED_ARE_LISTED = Duration.ofDays(90);
    private static final Predicate<KeyListing> ANY_STATE = key -> true;

    private final PlatformStore store;
    private final StoredKeys keys;
    private final AuditLog audit;
    private final RefusalRows refusals;
    private final Clock clock;
    private final KeyRules rules;
    private final SecureRandom random = new SecureRandom();

    KeyAdministration(
            KeyRules rules, PlatformStore store, StoredKeys keys, AuditLog audit, RefusalRows refusals, Clock clock) {
        this.store = store;
        this.keys = keys;
        this.audit = audit;
        this.refusals = refusals;
        this.clock = clock;
        this.rules = rules;
    }

    /**
     * @throws KeyChangeRefused if the caller may not make this key
     * @throws StoreUnavailableException if the store does not take it
     */
    public CreatedKey create(KeyRequest order, KeyActor by) {
        CreatedKey fresh = change(by, order.name(), rows -> {
            Instant now = now();
            rules.mayMake(order, rows.named(order.name()), now, by);
            rules.mayBeOneMore(rows.living(now).size());
            CreatedKey made = made(MakerLimits.of(by).bounded(order), by);
            rows.insert(made.stored());
            record(by, "key_created", KeyChangeText.of(made.stored()));
            return made;
        });
        keys.changed();
        return fresh;
    }

    /**
     * The key is refused when this returns; a second revocation changes nothing.
     *
     * @throws KeyChangeRefused if the caller may not revoke this key
     */
    public void revoke(String keyId, KeyActor by) {
        revoke(keyId, ANY_STATE, by);
    }

    /**
     * The same, only if the key is still in the state that the caller has read.
     *
     * @param expected tells by the key, without its use, whether it is; runs in the transaction of the change
     * @throws KeyChangeRefused if it is not, or if the caller may not revoke this key
     */
    public void revoke(String keyId, Predicate<KeyListing> expected, KeyActor by) {
        change(by, keyId, rows -> {
            StoredKey stored = rules.stored(keyId, rows.find(keyId));
            rules.mayRevoke(stored, by);
            isAs(expected, stored);
            if (stored.revokedAt().isEmpty()) {
                rows.revoke(keyId, now());
                record(by, "key_revoked", KeyChangeText.of(stored));
            }
            return stored;
        });
        keys.ended(keyId);
        keys.changed();
    }

    /**
     * Makes a successor of this key, which then ends after the overlap. If the old key had an end, the new one lasts as
     * long, counted from now.
     *
     * @throws KeyChangeRefused if the caller may not rotate this key
     */
    public CreatedKey rotate(String keyId, Duration overlap, KeyActor by) {
        return rotate(keyId, overlap, ANY_STATE, by);
    }

    /**
     * The same, only if the key is still in the state that the caller has read.
     *
     * @param expected tells by the key, without its use, whether it is; runs in the transaction of the change
     * @throws KeyChangeRefused if it is not, or if the caller may not rotate this key
     */
    public CreatedKey rotate(String keyId, Duration overlap, Predicate<KeyListing> expected, KeyActor by) {
        CreatedKey successor = change(by, keyId, rows -> {
            Instant now = now();
            StoredKey old = rules.stored(keyId, rows.find(keyId));
            rules.mayRotate(old, by);
            isAs(expected, old);
            rules.canBeRotated(old, now);
            rules.mayBeOneMore(rows.living(now).size() - (overlap.isZero() ? 1 : 0));
            CreatedKey made = made(
                    MakerLimits.of(by).successor(successor(old, now), old.key().expiresAt()), by);
            rows.insert(made.stored());
            Instant end = now.plus(overlap);
            rows.replace(
                    keyId,
                    made.stored().id(),
                    old.key().expiresAt().filter(end::isAfter).orElse(end));
            record(by, "key_rotated", KeyChangeText.rotated(old, made.stored(), overlap));
            return made;
        });
        if (overlap.isZero()) {
            keys.ended(keyId);
        }
        keys.changed();
        return successor;
    }

    /**
     * Removes keys that ended long ago, so that they fill neither the store nor the list; the audit rows keep their
     * history. Writes an audit row about that.
     *
     * @throws StoreUnavailableException if the store does not answer
     */
    void forgetEnded() {
        Instant before = now().minus(ENDED_ARE_LISTED);
        int forgotten = changing(rows -> {
            int deleted = rows.forgetEndedBefore(before);
            if (deleted > 0) {
                audit.record(AuditEvent.of(
                                clock.instant(),
                                Type.RETENTION,
                                Outcome.SUCCESS,
                                AuditSubject.ANONYMOUS,
                                new RequestOrigin("", "", ""))
                        .because("ended_keys_deleted", "")
                        .withCall("", "", "{\"before\":\"" + before + "\"}")
                        .withFigures(Duration.ZERO, deleted));
            }
            return deleted;
        });
        if (forgotten > 0) {
            keys.changed();
        }
    }

    private void isAs(Predicate<KeyListing> expected, StoredKey stored) {
        if (!expected.test(KeyListing.unused(stored, clock.instant()))) {
            throw new KeyChangeRefused(
                    Reason.CHANGED_SINCE_READ,
                    "This key is not in the state that If-Match names: it has changed since it was read. Read it again"
                            + " at /api/v1/keys/" + stored.id() + ", and send the ETag of that answer.");
        }
    }

    private static KeyRequest successor(StoredKey old, Instant now) {
        Optional<Instant> end = old.key().expiresAt().map(last -> now.plus(Duration.between(old.createdAt(), last)));
        return new KeyRequest(
                old.key().name(),
                old.key().roles(),
                old.key().description(),
                old.key().email(),
                Optional.empty(),
                end,
                old.key().allowedNetworks());
    }

    private CreatedKey made(KeyRequest order, KeyActor by) {
        Secret value = KeyFormat.generate(random);
        StoredKey stored = new StoredKey(
                order.key(KeyDigest.of(value.reveal())), KeyMaker.of(by), now(), Optional.empty(), Optional.empty());
        return new CreatedKey(value, stored);
    }

    /** The audit row is written within the change: if that fails, the change is rolled back. */
    private <T> T change(KeyActor by, String what, Function<KeyRows, T> change) {
        try {
            return changing(change);
        } catch (KeyChangeRefused refused) {
            refusals.add(event(by, Outcome.DENIED)
                    .because(refused.reason().category(), refused.rule())
                    .withCall("", "", KeyChangeText.about(what)));
            throw refused;
        }
    }

    private synchronized <T> T changing(Function<KeyRows, T> change) {
        try {
            return store.durably(handle -> change.apply(new KeyRows(handle).locked()));
        } catch (JdbiException e) {
            throw new StoreUnavailableException("a change of keys could not be stored", e);
        }
    }

    private void record(KeyActor by, String category, String what) {
        audit.record(event(by, Outcome.SUCCESS).because(category, "").withCall("", "", what));
    }

    private AuditEvent event(KeyActor by, Outcome outcome) {
        return AuditEvent.of(clock.instant(), Type.KEY_CHANGE, outcome, by.subject(), by.origin());
    }

    /** In the precision of the store. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
