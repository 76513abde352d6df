package io.mcpdata.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainReads;
import io.mcpdata.audit.chain.ChainRows;
import io.mcpdata.audit.chain.Verification;
import io.mcpdata.config.InMemoryActiveConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to rows when the machine crashes, the disk is full, or the file is deleted or replaced. */
final class StoreFaultsTest {

    @TempDir
    Path directory;

    private final FaultyDisk.Disk disk = new FaultyDisk.Disk();
    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.none();
    private final ApplicationStore store = new ApplicationStore(configuration, () -> this.nanos, this::open);
    private long nanos;

    private EmbeddedDatabase open(Path data) {
        return EmbeddedDatabase.open(data, DurableFiles.prefix() + FaultyDisk.insert(disk));
    }

    private void begin() {
        configuration.change("server: {data_dir: '" + directory + "'}");
        assertThat(store.available()).isTrue();
    }

    @AfterEach
    void close() {
        disk.setFull(false);
        store.close();
    }

    private static void add(PlatformStore store) {
        new AuditChain(store, InMemoryActiveConfiguration.none()).append(ChainRows.of("sql_query"));
    }

    private AuditChain signedChain(PlatformStore found) {
        return new AuditChain(
                found, InMemoryActiveConfiguration.of("server: {data_dir: '" + directory.resolve("key") + "'}"));
    }

    private Verification verify(PlatformStore found) {
        return signedChain(found)
                .verifier(new ChainReads() {
                    @Override
                    public <T> T read(Function<Handle, T> statements) {
                        return found.jdbi().inTransaction(statements::apply);
                    }
                })
                .verify(Optional.empty(), Optional.empty(), 0, () -> false);
    }

    private static int rows(PlatformStore store) {
        return store.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM audit_event")
                        .mapTo(Integer.class)
                        .one());
    }

    private void afterFiveSeconds() {
        nanos += ApplicationStore.RETRY_AFTER.toNanos();
    }

    private Path file() {
        return directory.resolve("store/platform.mv.db");
    }

    @Test
    void twentyPowerCutsUnderLoadCostNoAcknowledgedRow(@TempDir Path images) throws Exception {
        begin();
        signedChain(store).sign();
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Void> calls = CompletableFuture.runAsync(() -> {
            while (!end.get()) {
                add(store);
                acknowledged.incrementAndGet();
            }
        });
        // rows that need not be durable are written in between
        CompletableFuture<Void> uses = CompletableFuture.runAsync(() -> {
            for (int i = 0; !end.get(); i++) {
                String use = "MERGE INTO api_key_use VALUES ('key" + i % 300 + "', now(), 'address', " + i + ")";
                store.jdbi().useHandle(handle -> handle.execute(use));
            }
        });
        Random random = new Random(4711);
        for (int cut = 0; cut < 20; cut++) {
            int before = acknowledged.get();
            while (acknowledged.get() < before + 5 + random.nextInt(50) && !calls.isDone()) {
                Thread.sleep(1);
            }
            int mustBeThere = acknowledged.get();
            if (cut % 4 == 0) {
                assertThat(signedChain(store).sign().broken()).isEmpty();
            }
            byte[] image = disk.afterPowerCut(random);
            Path data = images.resolve("cut" + cut);
            Files.createDirectories(data.resolve("store"));
            Files.write(data.resolve("store/platform.mv.db"), image);
            try (TemporaryStore found = new TemporaryStore(data)) {
                assertThat(rows(found)).as("rows after cut " + cut).isGreaterThanOrEqualTo(mustBeThere);
                assertThat(verify(found).broken()).as("chain after cut " + cut).isEmpty();
            }
        }
        end.set(true);
        calls.get();
        uses.get();
    }

    @Test
    void thousandsOfCommitsDoNotBlowUpTheFileAndClosingGivesSpaceBack() throws IOException {
        begin();
        for (int i = 0; i < 2_000; i++) {
            add(store);
        }
        // one commit after the other took 29 KB each before
        assertThat(Files.size(file())).isLessThan(30_000_000);
        store.close();
        assertThat(Files.size(file())).isLessThan(8_000_000);
    }

    @Test
    void fullDiskRefusesAndTheStoreReopensWhenThereIsSpace() {
        begin();
        add(store);
        disk.setFull(true);
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> add(store)).isInstanceOf(RuntimeException.class);
        }
        assertThat(store.available()).isFalse();
        afterFiveSeconds();
        assertThatThrownBy(() -> add(store))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("check the space");
        disk.setFull(false);
        assertThatThrownBy(() -> add(store))
                .as("it is not tried again at every request")
                .isInstanceOf(StoreUnavailableException.class);
        afterFiveSeconds();
        add(store);
        assertThat(store.available()).isTrue();
        assertThat(rows(store)).isBetween(2, 22);
        assertThat(store.loss()).isEmpty();
    }

    @Test
    void deletedFileIsNotAvailableAndTakesNoRow() throws IOException {
        begin();
        add(store);
        add(store);
        store.jdbi();
        Files.delete(file());
        assertThatThrownBy(() -> add(store))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("was deleted or replaced while in use");
        assertThat(store.available()).isFalse();
        afterFiveSeconds();
        assertThat(store.available()).isTrue();
        assertThat(rows(store)).isZero();
        add(store);
        assertThat(rows(store)).isEqualTo(1);
    }

    @Test
    void fileThatIsDeletedWhileARowIsWrittenDoesNotAcknowledgeIt() {
        begin();
        assertThatThrownBy(() -> store.durably(handle -> {
                    try {
                        Files.delete(file());
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return handle.execute("INSERT INTO api_key_use VALUES ('key', now(), 'address', 1)");
                }))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void replacedFileIsNotAvailableAndOpenedAgain() throws IOException {
        begin();
        Path copy = directory.resolve("copy");
        store.close();
        Files.copy(file(), copy);
        ApplicationStore second = new ApplicationStore(configuration, () -> nanos, EmbeddedDatabase::open);
        try {
            add(second);
            assertThat(rows(second)).isEqualTo(1);
            Files.move(copy, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(second.available()).isFalse();
            afterFiveSeconds();
            assertThat(second.available()).isTrue();
            assertThat(rows(second)).isZero();
        } finally {
            second.close();
        }
    }

    @Test
    void storeThatLacksItsNewestRowsIsReported() throws IOException {
        begin();
        add(store);
        store.close();
        byte[] early = Files.readAllBytes(file());
        ApplicationStore second = new ApplicationStore(configuration, () -> nanos, EmbeddedDatabase::open);
        assertThat(second.available()).isTrue();
        assertThat(second.loss()).isEmpty();
        add(second);
        add(second);
        second.durably(handle -> handle.execute("UPDATE api_key_revision SET revision = revision + 1"));
        second.close();
        assertThat(directory.resolve("store/platform.mark")).hasContent("audit_id=3 key_revision=2");

        Files.write(file(), early);
        ApplicationStore third = new ApplicationStore(configuration, () -> nanos, EmbeddedDatabase::open);
        assertThat(third.available()).isTrue();
        assertThat(third.loss().orElseThrow())
                .contains("lacks its newest rows")
                .contains("audit rows up to number 1")
                .contains("had them up to 3 and 2");
        third.close();
    }

    @Test
    void markThatCannotBeReadIsReported() throws IOException {
        begin();
        add(store);
        store.close();
        Files.writeString(directory.resolve("store/platform.mark"), "audit_id=x");
        ApplicationStore second = new ApplicationStore(configuration, () -> nanos, EmbeddedDatabase::open);
        assertThat(second.available()).isTrue();
        assertThat(second.loss().orElseThrow()).contains("its mark cannot be read");
        second.close();
    }
}
