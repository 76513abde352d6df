package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.authentication.apikey.KeyChangeRefused.Reason;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.NetworkRange;
import io.mcpdata.config.Secret;
import io.mcpdata.store.StoreProduct;
import io.mcpdata.store.StoreUnavailableException;
import io.mcpdata.testing.InMemoryAuditLog;
import io.mcpdata.testing.MovableClock;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreProduct.class)
final class KeyAdministrationTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final KeyActor ADMIN = manager("root", "analyst", "viewer", "admin");
    private static final KeyActor TEAM_LEAD = manager("lead", "analyst");

    private final ChangingConfiguration configuration = new ChangingConfiguration();
    private final InMemoryStore database;
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final MovableClock clock = new MovableClock();
    private final StoredKeys keys;
    private final KeyUses uses;
    private final KeyAdministration administration;
    private final KeyListings listings;
    private final ApiKeyIdentityStore identities;

    KeyAdministrationTest(StoreProduct product) {
        database = new InMemoryStore(product);
        keys = new StoredKeys(database);
        uses = new KeyUses(database);
        administration = limitedTo(10_000);
        listings = new KeyListings(configuration, database, uses, clock);
        identities = new ApiKeyIdentityStore(new ActiveKeyRing(configuration), keys, uses, clock);
    }

    @BeforeEach
    void acceptKeys() {
        configuration.keys(true);
        keys.refresh();
    }

    private KeyAdministration limitedTo(int mostKeys) {
        return new KeyAdministration(
                new KeyRules(configuration, mostKeys), database, keys, audit, new RefusalRows(audit, clock), clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static KeyActor manager(String name, String... grantable) {
        return manager(caller(name, "0123456789ab", null), FixedRights.over(grantable));
    }

    private static KeyActor manager(PlatformCaller caller, KeyRights rights) {
        return new KeyActor(
                caller, caller.auditSubject("persona"), new RequestOrigin("request", ADDRESS, "test"), rights);
    }

    private static PlatformCaller caller(String name, String keyId, @Nullable Instant end, String... networks) {
        return new PlatformCaller(
                name,
                AuthenticationMethod.API_KEY,
                keyId,
                List.of("lead"),
                end,
                Stream.of(networks).map(NetworkRange::parse).toList());
    }

    private static KeyRequest order(String name, String... roles) {
        return new KeyRequest(
                name,
                List.of(roles),
                Optional.of("for the night"),
                Optional.of("etl@example.com"),
                Optional.empty(),
                Optional.empty(),
                List.of(NetworkRange.parse("127.0.0.0/8"), NetworkRange.parse("::1")));
    }

    private static ApiKeyConfig fileKey(String value, String name, String... roles) {
        return order(name, roles).key(KeyDigest.of(value));
    }

    private CredentialValidationResult present(Secret key) {
        return identities.validate(new ApiKeyCredential(key, ADDRESS));
    }

    private Status statusOf(CreatedKey key) {
        return present(key.value()).getStatus();
    }

    private static void assertRefused(Reason reason, ThrowingCallable change) {
        assertThatExceptionOfType(KeyChangeRefused.class)
                .isThrownBy(change)
                .extracting(KeyChangeRefused::reason)
                .isEqualTo(reason);
    }

    @Test
    void newKeyLetsItsHolderInAtOnceWithItsNameAndRoles() {
        CreatedKey made = administration.create(order("etl", "analyst", "viewer"), ADMIN);
        assertThat(made.value().reveal()).matches(KeyFormat.PATTERN);
        assertThat(present(made.value()).getCallerPrincipal()).isInstanceOfSatisfying(PlatformCaller.class, caller -> {
            assertThat(caller.getName()).isEqualTo("etl");
            assertThat(caller.roles()).containsExactly("analyst", "viewer");
            assertThat(caller.credentialId()).isEqualTo(made.stored().id());
            assertThat(caller.auditIdentity())
                    .isEqualTo("api_key:" + made.stored().id());
            assertThat(caller.identity()).isEqualTo("api_key:etl");
        });
    }

    @Test
    void keysSurviveARestartWithAllTheyAre() {
        CreatedKey made = administration.create(order("etl", "analyst", "viewer"), ADMIN);
        StoredKeys restarted = new StoredKeys(database);
        assertThat(restarted.available()).as("before the store was asked").isFalse();
        restarted.refresh();
        assertThat(restarted.available()).isTrue();
        assertThat(restarted.find(KeyDigest.of(made.value().reveal())))
                .contains(made.stored().key());
    }

    @Test
    void storeHoldsADigestAndNeverTheKey() {
        String value =
                administration.create(order("etl", "analyst"), ADMIN).value().reveal();
        List<String> rows = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT * FROM api_key")
                        .map((row, context) -> {
                            StringBuilder text = new StringBuilder();
                            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                                text.append(row.getString(i)).append('\n');
                            }
                            return text.toString();
                        })
                        .list());
        assertThat(rows)
                .singleElement()
                .asString()
                .contains(KeyDigest.of(value).hex())
                .doesNotContain(value);
        assertThat(audit.rows().toString()).doesNotContain(value);
    }

    @Test
    void revokedKeyIsRefusedAtOnceAndItsStreamsKnow() {
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        PlatformCaller caller = (PlatformCaller) present(made.value()).getCallerPrincipal();
        assertThat(identities.stillValid(caller)).isTrue();
        administration.revoke(made.stored().id(), ADMIN);
        assertThat(statusOf(made)).isEqualTo(Status.INVALID);
        assertThat(identities.stillValid(caller)).isFalse();
    }

    @Test
    void changeMadeByAnotherServerOfTheSameStoreIsTakenOver() {
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        StoredKeys here = new StoredKeys(database);
        here.refresh();
        administration.revoke(made.stored().id(), ADMIN);
        assertThat(here.findById(made.stored().id())).isPresent();
        here.refresh();
        assertThat(here.findById(made.stored().id())).isEmpty();
    }

    @Test
    void keyIsAcceptedAgainAfterTheStoreHasFailed() {
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        database.breakDown();
        keys.refresh();
        ApiKeyCredential presented = new ApiKeyCredential(made.value(), ADDRESS);
        assertThat(identities.validate(presented).getStatus()).isEqualTo(Status.INVALID);
        assertThat(keys.available()).isFalse();
        database.comeBack();
        keys.refresh();
        assertThat(statusOf(made)).isEqualTo(Status.VALID);
    }

    @Test
    void disabledSectionDisablesKeysMadeAtRunTimeToo() {
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        PlatformCaller caller = (PlatformCaller) present(made.value()).getCallerPrincipal();
        configuration.keys(false);
        assertThat(statusOf(made)).isEqualTo(Status.INVALID);
        assertThat(identities.stillValid(caller)).isFalse();
    }

    @Test
    void mistypedKeyIsRefusedForItsChecksum() {
        String good =
                administration.create(order("etl", "analyst"), ADMIN).value().reveal();
        char last = good.charAt(good.length() - 1);
        String mistyped = good.substring(0, good.length() - 1) + (last == 'x' ? 'y' : 'x');
        assertThat(present(new Secret(mistyped)).getStatus()).isEqualTo(Status.INVALID);
        // a store that does not answer is not asked, and no caller is told to retry with such a key
        database.breakDown();
        keys.refresh();
        assertThat(KeyFormat.looksGenerated(mistyped)).isTrue();
        assertThat(present(new Secret(mistyped)).getStatus()).isEqualTo(Status.INVALID);
    }

    @Test
    void rotatedKeyWorksBesideItsSuccessorUntilTheOverlapEnds() {
        CreatedKey old = administration.create(order("etl", "analyst"), ADMIN);
        PlatformCaller caller = (PlatformCaller) present(old.value()).getCallerPrincipal();
        CreatedKey successor = administration.rotate(old.stored().id(), Duration.ofHours(24), ADMIN);
        assertThat(successor.stored().key().name()).isEqualTo("etl");
        assertThat(successor.stored().key().roles()).containsExactly("analyst");
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(List.of(statusOf(old), statusOf(successor))).containsOnly(Status.VALID);
        clock.advance(Duration.ofMillis(1));
        assertThat(statusOf(old)).isEqualTo(Status.INVALID);
        assertThat(identities.stillValid(caller)).isFalse();
        assertThat(statusOf(successor)).isEqualTo(Status.VALID);
    }

    @Test
    void rotationNeverMakesTheOldKeyLiveLonger() {
        Instant end = clock.instant().plus(Duration.ofHours(1));
        CreatedKey old = administration.create(
                new KeyRequest(
                        "etl",
                        List.of("analyst"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(end),
                        List.of()),
                ADMIN);
        clock.advance(Duration.ofMinutes(30));
        CreatedKey successor = administration.rotate(old.stored().id(), Duration.ofDays(1), ADMIN);
        assertThat(successor.stored().key().expiresAt()).contains(end.plus(Duration.ofMinutes(30)));
        clock.advance(Duration.ofMinutes(30));
        assertThat(statusOf(old)).isEqualTo(Status.INVALID);
    }

    @Test
    void keyIsRotatedOnceAndOnlyWhileItWorks() {
        CreatedKey old = administration.create(order("etl", "analyst"), ADMIN);
        administration.rotate(old.stored().id(), Duration.ofHours(1), ADMIN);
        assertRefused(Reason.KEY_ENDED, () -> administration.rotate(old.stored().id(), Duration.ofHours(1), ADMIN));
        CreatedKey other = administration.create(order("other", "analyst"), ADMIN);
        administration.revoke(other.stored().id(), ADMIN);
        assertRefused(
                Reason.KEY_ENDED, () -> administration.rotate(other.stored().id(), Duration.ofHours(1), ADMIN));
    }

    @Test
    void keyCannotGrantRolesItsCreatorDoesNotHold() {
        assertRefused(Reason.ROLES_NOT_HELD, () -> administration.create(order("etl", "analyst", "admin"), TEAM_LEAD));
        assertThat(listings.all()).isEmpty();
        assertThat(audit.rows()).singleElement().satisfies(row -> {
            assertThat(row.type()).isEqualTo(Type.KEY_CHANGE);
            assertThat(row.outcome()).isEqualTo(Outcome.DENIED);
            assertThat(row.category()).isEqualTo("roles_not_held");
            assertThat(row.subject().caller()).isEqualTo("lead");
        });
    }

    @Test
    void rotationIsNoWayToAKeyWithMoreRolesThanOnesOwn() {
        CreatedKey strong = administration.create(order("root-service", "admin"), ADMIN);
        assertRefused(
                Reason.ROLES_NOT_HELD,
                () -> administration.rotate(strong.stored().id(), Duration.ofHours(1), TEAM_LEAD));
        assertThat(statusOf(strong)).isEqualTo(Status.VALID);
    }

    @Test
    void nameOfAMorePowerfulCallerCannotBeTaken() {
        configuration.keys(true, fileKey("canary-Key-0123456789", "root-service", "admin"));
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("root-service", "analyst"), TEAM_LEAD));
        administration.create(order("second", "admin"), ADMIN);
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("second", "analyst"), TEAM_LEAD));
        assertThat(statusOf(administration.create(order("root-service", "analyst"), ADMIN)))
                .isEqualTo(Status.VALID);
    }

    @Test
    void keyOfTheFileIsReadOnlyAndAnUnknownOneUnknown() {
        ApiKeyConfig key = fileKey("canary-Key-0123456789", "svc", "analyst");
        configuration.keys(true, key);
        String id = key.digest().id();
        assertRefused(Reason.KEY_OF_FILE, () -> administration.revoke(id, ADMIN));
        assertRefused(Reason.KEY_OF_FILE, () -> administration.rotate(id, Duration.ofHours(1), ADMIN));
        assertRefused(Reason.KEY_UNKNOWN, () -> administration.revoke("000000000000", ADMIN));
    }

    @Test
    void everyChangeHasItsRow() {
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        CreatedKey successor = administration.rotate(made.stored().id(), Duration.ofHours(1), ADMIN);
        administration.revoke(made.stored().id(), ADMIN);
        administration.revoke(made.stored().id(), ADMIN);
        assertThat(audit.rows())
                .extracting(AuditEvent::category)
                .containsExactly("key_created", "key_rotated", "key_revoked");
        assertThat(audit.rows()).allSatisfy(row -> assertThat(row.outcome()).isEqualTo(Outcome.SUCCESS));
        assertThat(audit.rows().get(1).parameters())
                .contains(made.stored().id(), successor.stored().id(), "PT1H");
    }

    @Test
    void changeThatCannotBeAuditedIsNotMade() {
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        audit.breakDown();
        assertThatExceptionOfType(AuditUnavailableException.class)
                .isThrownBy(() -> administration.revoke(made.stored().id(), ADMIN));
        assertThatExceptionOfType(AuditUnavailableException.class)
                .isThrownBy(() -> administration.create(order("more", "analyst"), ADMIN));
        assertThat(statusOf(made)).isEqualTo(Status.VALID);
        assertThat(listings.all()).hasSize(1);
    }

    @Test
    void changeWithoutAStoreIsRefused() {
        database.breakDown();
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> administration.create(order("etl", "analyst"), ADMIN));
    }

    @Test
    void listNamesTheKeysOfTheFileAndThoseOfTheStoreWithTheirUse() {
        configuration.keys(true, fileKey("canary-Key-0123456789", "svc", "analyst"));
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        present(made.value());
        uses.flush();
        present(made.value());
        List<KeyListing> all = listings.all();
        assertThat(all).extracting(listing -> listing.key().name()).containsExactly("svc", "etl");
        assertThat(all).extracting(listing -> listing.stored().isPresent()).containsExactly(false, true);
        assertThat(all.get(0).lastUse()).isEmpty();
        assertThat(all.get(1).lastUse()).contains(new KeyUse(clock.instant(), ADDRESS, 2));
    }

    @Test
    void useOutlivesAStoreThatWasAway() {
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        present(made.value());
        database.breakDown();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(uses::flush);
        database.comeBack();
        uses.flush();
        assertThat(new KeyUses(database).all()).containsKey(made.stored().id());
    }

    @Test
    void keysThatEndedAreListedForNinetyDaysAndTheirEndIsWrittenDown() {
        CreatedKey revoked = administration.create(order("revoked", "analyst"), ADMIN);
        administration.create(endingAt("expired", clock.instant().plusSeconds(60)), ADMIN);
        CreatedKey living = administration.create(order("living", "analyst"), ADMIN);
        present(living.value());
        uses.flush();
        administration.revoke(revoked.stored().id(), ADMIN);
        clock.advance(Duration.ofDays(89));
        administration.forgetEnded();
        assertThat(listings.all())
                .extracting(KeyListing::status)
                .containsExactlyInAnyOrder(KeyStatus.REVOKED, KeyStatus.EXPIRED, KeyStatus.ACTIVE);
        assertThat(audit.rows()).extracting(AuditEvent::type).doesNotContain(Type.RETENTION);
        clock.advance(Duration.ofDays(2));
        administration.forgetEnded();
        assertThat(listings.all()).extracting(KeyListing::status).containsExactly(KeyStatus.ACTIVE);
        assertThat(uses.all()).containsOnlyKeys(living.stored().id());
        assertThat(statusOf(living)).isEqualTo(Status.VALID);
        assertThat(audit.rows())
                .filteredOn(row -> row.type() == Type.RETENTION)
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.category()).isEqualTo("ended_keys_deleted");
                    assertThat(row.rows()).isEqualTo(2);
                });
    }

    private static KeyRequest endingAt(String name, Instant end) {
        return new KeyRequest(
                name,
                List.of("analyst"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(end),
                List.of());
    }

    @Test
    void onlyLivingKeysCountTowardTheLimit() {
        KeyAdministration two = limitedTo(2);
        CreatedKey first = two.create(order("first", "analyst"), ADMIN);
        two.create(endingAt("second", clock.instant().plusSeconds(60)), ADMIN);
        assertRefused(Reason.TOO_MANY_KEYS, () -> two.create(order("third", "analyst"), ADMIN));
        clock.advance(Duration.ofSeconds(61));
        two.create(order("third", "analyst"), ADMIN);
        assertRefused(Reason.TOO_MANY_KEYS, () -> two.create(order("fourth", "analyst"), ADMIN));
        two.revoke(first.stored().id(), ADMIN);
        two.create(order("fourth", "analyst"), ADMIN);
    }

    @Test
    void rotationIsNoWayAroundTheLimit() {
        KeyAdministration one = limitedTo(1);
        CreatedKey old = one.create(order("etl", "analyst"), ADMIN);
        assertRefused(Reason.TOO_MANY_KEYS, () -> one.rotate(old.stored().id(), Duration.ofHours(1), ADMIN));
        assertThat(statusOf(old)).isEqualTo(Status.VALID);
        CreatedKey successor = one.rotate(old.stored().id(), Duration.ZERO, ADMIN);
        assertThat(statusOf(old)).isEqualTo(Status.INVALID);
        assertThat(statusOf(successor)).isEqualTo(Status.VALID);
    }

    private static KeyRequest lasting(String name, @Nullable Instant end, String... networks) {
        return new KeyRequest(
                name,
                List.of("analyst"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(end),
                Stream.of(networks).map(NetworkRange::parse).toList());
    }

    @Test
    void rolesThatLeadToMoreThanTheMakerHasAreRefusedAndTheRowSaysWhy() {
        KeyActor lead = manager("lead", "strong", "analyst");
        assertThatExceptionOfType(KeyChangeRefused.class)
                .isThrownBy(() -> administration.create(order("etl", "strong"), lead))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.RIGHTS_NOT_HELD))
                .withMessageContaining("permission keys:manage, tools.allow.")
                .withMessageNotContaining("payroll");
        assertThat(audit.rows()).singleElement().satisfies(row -> {
            assertThat(row.category()).isEqualTo("rights_not_held");
            assertThat(row.rule()).isEqualTo("permission keys:manage, tools.allow[payroll_*]");
        });
        assertThat(listings.all()).isEmpty();
    }

    @Test
    void keyOfMoreRightsThanTheCallersIsNeitherRotatedNorRevoked() {
        CreatedKey strong =
                administration.create(order("ops", "strong"), manager(caller("root", "1", null), everything()));
        KeyActor lead = manager("lead", "strong", "analyst");
        String id = strong.stored().id();
        assertRefused(Reason.RIGHTS_NOT_HELD, () -> administration.rotate(id, Duration.ofHours(1), lead));
        assertRefused(Reason.RIGHTS_NOT_HELD, () -> administration.revoke(id, lead));
        assertRefused(Reason.ROLES_NOT_HELD, () -> administration.revoke(id, TEAM_LEAD));
        assertThat(statusOf(strong)).isEqualTo(Status.VALID);
    }

    private static KeyRights everything() {
        return FixedRights.overAll("strong", "analyst");
    }

    @Test
    void administratorRevokesAKeyWhoseRolesNoPersonaLists() {
        CreatedKey old = administration.create(order("etl", "analyst"), TEAM_LEAD);
        administration.revoke(old.stored().id(), manager(caller("root", "1", null), FixedRights.overAll()));
        assertThat(statusOf(old)).isEqualTo(Status.INVALID);
    }

    @Test
    void keyEndsWithTheCredentialThatMadeItAndComesFromItsNetworks() {
        Instant end = clock.instant().plus(Duration.ofMinutes(10));
        KeyActor bound =
                manager(caller("lead", "0123456789ab", end, "127.0.0.0/8", "10.0.0.0/8"), FixedRights.over("analyst"));

        ApiKeyConfig made =
                administration.create(lasting("first", null), bound).stored().key();
        assertThat(made.expiresAt()).contains(end);
        assertThat(made.allowedNetworks()).hasToString("[127.0.0.0/8, 10.0.0.0/8]");

        ApiKeyConfig narrower = administration
                .create(lasting("second", end.minusSeconds(1), "10.1.0.0/16"), bound)
                .stored()
                .key();
        assertThat(narrower.expiresAt()).contains(end.minusSeconds(1));
        assertThat(narrower.allowedNetworks()).hasToString("[10.1.0.0/16]");

        for (KeyRequest more : List.of(
                lasting("third", end.plusMillis(1)),
                lasting("third", null, "0.0.0.0/0"),
                lasting("third", null, "10.1.0.0/16", "11.0.0.0/16"))) {
            assertRefused(Reason.BEYOND_CREDENTIAL, () -> administration.create(more, bound));
        }
        KeyActor admin = manager(bound.caller(), everything());
        assertThat(administration
                        .create(lasting("fourth", null), admin)
                        .stored()
                        .key()
                        .expiresAt())
                .isEmpty();
    }

    @Test
    void keyThatBeginsAfterTheEndOfItsMakersCredentialIsRefused() {
        Instant end = clock.instant().plus(Duration.ofMinutes(10));
        KeyRequest late = new KeyRequest(
                "late",
                List.of("analyst"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(end),
                Optional.empty(),
                List.of());
        KeyActor lead = manager(caller("lead", "0123456789ab", end), FixedRights.over("analyst"));
        assertRefused(Reason.BEYOND_CREDENTIAL, () -> administration.create(late, lead));
    }

    @Test
    void keyThatRotatesItselfNeverOutlivesItsFirstEnd() {
        Instant end = clock.instant().plus(Duration.ofHours(1));
        CreatedKey key = administration.create(lasting("self", end), ADMIN);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(10));
            KeyActor itself =
                    manager((PlatformCaller) present(key.value()).getCallerPrincipal(), FixedRights.over("analyst"));
            key = administration.rotate(key.stored().id(), Duration.ZERO, itself);
            assertThat(key.stored().key().expiresAt()).contains(end);
        }
    }

    @Test
    void rotationByACredentialThatEndsEarlierOrIsBoundNarrowerIsRefused() {
        Instant end = clock.instant().plus(Duration.ofHours(1));
        KeyActor shortLived = manager(caller("lead", "0123456789ab", end), FixedRights.over("analyst"));
        KeyActor bound = manager(caller("lead", "0123456789ab", null, "10.0.0.0/8"), FixedRights.over("analyst"));
        String lasting =
                administration.create(lasting("lasting", null), ADMIN).stored().id();
        assertRefused(Reason.BEYOND_CREDENTIAL, () -> administration.rotate(lasting, Duration.ofHours(1), shortLived));
        assertRefused(Reason.BEYOND_CREDENTIAL, () -> administration.rotate(lasting, Duration.ofHours(1), bound));
        String elsewhere = administration
                .create(lasting("elsewhere", null, "192.0.2.0/24"), ADMIN)
                .stored()
                .id();
        assertRefused(Reason.BEYOND_CREDENTIAL, () -> administration.rotate(elsewhere, Duration.ofHours(1), bound));
    }

    @Test
    void nameOfARevokedKeyStaysTakenForOtherMakersUntilItIsForgotten() {
        CreatedKey revoked = administration.create(order("etl", "analyst"), TEAM_LEAD);
        administration.revoke(revoked.stored().id(), ADMIN);
        KeyActor other = manager(caller("other", "abcdef012345", null), FixedRights.over("analyst"));
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("etl", "analyst"), other));

        KeyActor leadsNextKey = manager(caller("lead", "ba9876543210", null), FixedRights.over("analyst"));
        CreatedKey again = administration.create(order("etl", "analyst"), leadsNextKey);
        administration.revoke(again.stored().id(), ADMIN);
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("etl", "analyst"), other));

        clock.advance(Duration.ofDays(91));
        administration.forgetEnded();
        administration.create(order("etl", "analyst"), other);
    }

    @Test
    void nameThatDiffersInCaseAloneIsTaken() {
        configuration.keys(true, fileKey("canary-Key-0123456789", "Svc", "analyst"));
        CreatedKey made = administration.create(order("etl", "analyst"), ADMIN);
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("svc", "analyst"), ADMIN));
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("ETL", "analyst"), ADMIN));
        administration.revoke(made.stored().id(), ADMIN);
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("ETL", "analyst"), ADMIN));
        administration.create(order("etl", "analyst"), ADMIN);
    }

    @Test
    void listSaysWhoMadeAKeyAndWithWhichCredential() {
        administration.create(order("etl", "analyst"), ADMIN);
        assertThat(listings.all())
                .singleElement()
                .satisfies(listing -> assertThat(listing.stored().orElseThrow().createdBy())
                        .isEqualTo(new KeyMaker("root", "api_key:0123456789ab", "0123456789ab")));
    }

    @Test
    void floodOfRefusedChangesIsSummedUp() {
        for (int i = 0; i < 1_000; i++) {
            String unknown = "%012x".formatted(i);
            assertRefused(Reason.KEY_UNKNOWN, () -> administration.revoke(unknown, TEAM_LEAD));
        }
        assertThat(audit.rows()).hasSizeBetween(20, 30);
    }

    @Test
    void nameAndSuccessorOfAnotherCallersKeyAreNotGivenWhereADatabaseKnowsCallers() {
        KeyActor other = manager(caller("lead", "fedcba987654", null), FixedRights.over("analyst"));
        CreatedKey alice = administration.create(order("alice", "analyst"), ADMIN);
        administration.create(order("alice", "analyst"), other);
        CreatedKey own = administration.create(order("mine", "analyst"), other);

        configuration.keysKnownToADatabase(fileKey("of-the-file", "report", "analyst"));
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("alice", "analyst"), other));
        assertRefused(Reason.NAME_OF_ANOTHER, () -> administration.create(order("report", "analyst"), other));
        assertRefused(
                Reason.RIGHTS_NOT_HELD,
                () -> administration.rotate(alice.stored().id(), Duration.ofHours(1), other));
        administration.create(order("mine", "analyst"), other);
        administration.rotate(own.stored().id(), Duration.ofHours(1), other);
        assertThat(KeyStatus.of(alice.stored().key(), clock.instant())).isEqualTo(KeyStatus.ACTIVE);
    }
}
