package io.mcpdata.authentication.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.AuditSubject;
import io.mcpdata.audit.RefusalRows;
import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.authentication.ApiKeyCredential;
import io.mcpdata.authentication.AuthenticationMethod;
import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.testing.InMemoryAuditLog;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that neither answers nor fails: the last known state of keys must not be used without limit. */
final class HangingStoreTest {

    private static final KeyActor ADMIN = new KeyActor(
            new PlatformCaller("root", AuthenticationMethod.API_KEY, "0123456789ab", List.of("admin"), null),
            new AuditSubject("root", "api_key", "0123456789ab", "admin"),
            new RequestOrigin("request", "127.0.0.1", "test"),
            FixedRights.overAll("analyst"));

    /** Returns the database until told to hang. */
    private static final class HangingStore implements PlatformStore {

        private final InMemoryStore store = new InMemoryStore();
        private final CountDownLatch end = new CountDownLatch(1);
        private final CountDownLatch hanging = new CountDownLatch(1);
        private volatile boolean hangs;

        @Override
        public Jdbi jdbi() {
            if (hangs) {
                hanging.countDown();
                try {
                    assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return store.jdbi();
        }

        @Override
        public <T> T durably(Function<Handle, T> change) {
            return jdbi().inTransaction(change::apply);
        }

        @Override
        public boolean available() {
            return true;
        }

        void comeBack() {
            hangs = false;
            end.countDown();
        }
    }

    private final HangingStore store = new HangingStore();
    private final ChangingConfiguration configuration = new ChangingConfiguration();
    private volatile long nanos;
    private final StoredKeys keys = new StoredKeys(store, () -> nanos);
    private final ApiKeyIdentityStore identities =
            new ApiKeyIdentityStore(new ActiveKeyRing(configuration), keys, new KeyUses(store));
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final KeyAdministration administration = new KeyAdministration(
            new KeyRules(configuration),
            store,
            keys,
            audit,
            new RefusalRows(audit, Clock.systemUTC()),
            Clock.systemUTC());

    @BeforeEach
    void acceptKeys() {
        configuration.keys(true);
        keys.refresh();
    }

    @AfterEach
    void close() {
        store.comeBack();
        store.store.close();
    }

    private CreatedKey made() {
        return administration.create(
                new KeyRequest(
                        "etl",
                        List.of("analyst"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                ADMIN);
    }

    private Status statusOf(CreatedKey key) {
        return identities
                .validate(new ApiKeyCredential(key.value(), "127.0.0.1"))
                .getStatus();
    }

    private Thread hangInTheBackground() throws InterruptedException {
        store.hangs = true;
        Thread reader = new Thread(keys::refresh, "refresh");
        reader.start();
        assertThat(store.hanging.await(60, TimeUnit.SECONDS)).isTrue();
        return reader;
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void whatIsKnownOfKeysGoesStaleWhileTheStoreHangs() throws InterruptedException {
        CreatedKey made = made();
        PlatformCaller caller = (PlatformCaller) identities
                .validate(new ApiKeyCredential(made.value(), "127.0.0.1"))
                .getCallerPrincipal();
        Thread reader = hangInTheBackground();

        pass(StoredKeys.KNOWLEDGE);
        assertThat(statusOf(made)).isEqualTo(Status.VALID);
        assertThat(identities.ailments()).isEmpty();

        pass(Duration.ofMillis(1));
        assertThat(statusOf(made)).isEqualTo(Status.INVALID);
        assertThat(identities.ailments()).containsExactly("keys made at run time unavailable");
        assertThat(identities.mayCall(caller)).as("a call on its stream").isFalse();
        assertThat(identities.stillValid(caller)).as("its stream").isTrue();

        pass(StoredKeys.PATIENCE_OF_STREAMS);
        assertThat(identities.stillValid(caller)).isFalse();

        store.comeBack();
        reader.join(10_000);
        // that reading began before all this time passed
        assertThat(statusOf(made)).isEqualTo(Status.INVALID);
        keys.refresh();
        assertThat(statusOf(made)).isEqualTo(Status.VALID);
        assertThat(identities.mayCall(caller)).isTrue();
        assertThat(identities.ailments()).isEmpty();
    }

    @Test
    void keyRevokedHereIsOverEvenIfTheStoreHangsBeforeItIsReadAgain() throws InterruptedException {
        CreatedKey made = made();
        CreatedKey other = made();
        Thread reader = hangInTheBackground();

        keys.ended(made.stored().id());

        assertThat(statusOf(made)).isEqualTo(Status.INVALID);
        assertThat(statusOf(other)).isEqualTo(Status.VALID);
        store.comeBack();
        reader.join(10_000);
    }

    @Test
    void requestsDoNotWaitForAReadingThatHangs() throws InterruptedException {
        CreatedKey made = made();
        Thread reader = hangInTheBackground();

        long begin = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            statusOf(made);
            keys.refresh();
        }
        // a single wait for the store would take longer
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        store.comeBack();
        reader.join(10_000);
    }

    @Test
    void operatorIsToldWhenAStoreHangsAndWhenItIsBackButNotWhileOneOpens() throws InterruptedException {
        List<String> told = new CopyOnWriteArrayList<>();
        java.util.logging.Logger log = java.util.logging.Logger.getLogger(StoredKeys.class.getName());
        Handler listening = listening(told);
        log.addHandler(listening);
        try {
            StoredKeys opening = new StoredKeys(store, () -> nanos);
            opening.watch();
            pass(StoredKeys.KNOWLEDGE);
            opening.watch();
            assertThat(told).isEmpty();

            pass(Duration.ofMillis(1));
            opening.watch();
            opening.watch();
            assertThat(told).hasSize(1);
            assertThat(told.get(0)).contains("has not answered for");

            opening.refresh();
            opening.watch();
            assertThat(told).hasSize(2);
            assertThat(told.get(1)).contains("accepted again");
        } finally {
            log.removeHandler(listening);
        }
    }

    private static Handler listening(List<String> told) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                told.add(line.getMessage());
            }

            @Override
            public void flush() {
                // each line is written at once
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }
}
