package io.mcpdata.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.chain.ChainBreak.Kind;
import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.store.PostgresServer;
import io.mcpdata.store.StoreDialect;
import io.mcpdata.store.TemporaryStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two servers that share a PostgreSQL database. */
final class SharedChainTest {

    private final PostgresServer.Database database = PostgresServer.newDatabase();
    private final TemporaryStore left = TemporaryStore.on(database, "left");
    private final TemporaryStore right = TemporaryStore.on(database, "right");
    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.none();
    private final AuditChain ofLeft = new AuditChain(left, configuration);
    private final AuditChain ofRight = new AuditChain(right, configuration);

    @TempDir
    Path directory;

    @BeforeEach
    void configure() {
        configuration.change("server: {data_dir: '" + directory + "'}\naudit:\n  signing_key: |\n"
                + SigningKey.random().pem().indent(4));
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private Verification verify(String... expected) {
        return ofLeft.verifier(reads())
                .verify(
                        Optional.empty(),
                        Stream.of(expected).map(ChainPosition::parse).findFirst(),
                        0,
                        () -> false);
    }

    private ChainReads reads() {
        return new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return left.jdbi().inTransaction(statements::apply);
            }
        };
    }

    private long newest() {
        return left.jdbi().withHandle(handle -> StoreDialect.of(handle).newestRow(handle));
    }

    @Test
    void rowsOfBothAreVerifiedTogether() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (AuditChain chain : List.of(ofLeft, ofRight, ofLeft, ofRight)) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 25; i++) {
                        chain.append(ChainRows.of("a", "b"));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ofLeft.sign().broken()).isEmpty();
        assertThat(ofRight.sign().broken()).isEmpty();

        Verification found = verify();
        assertThat(found.broken()).isEmpty();
        assertThat(found.rows()).isEqualTo(200);
        assertThat(found.newest()).isEqualTo(newest());
        assertThat(found.coveredTo()).isEqualTo(found.newest());
    }

    @Test
    void verificationIsContinuedAcrossChains() {
        ofLeft.append(ChainRows.of("a", "b", "c"));
        ofRight.append(ChainRows.of("d", "e"));
        ofLeft.sign();
        ofRight.sign();
        long rows = 0;
        int answers = 0;
        Optional<ChainPosition> next = Optional.empty();
        do {
            Verification found = ofLeft.verifier(reads()).verify(next, Optional.empty(), 0, () -> true);
            assertThat(found.broken()).isEmpty();
            rows += found.rows();
            answers++;
            next = found.next();
        } while (next.isPresent());
        assertThat(rows).isEqualTo(5);
        assertThat(answers).isEqualTo(2);
    }

    private static Stream<Arguments> tamperings() {
        String oldest = "(SELECT MIN(id) FROM audit_event WHERE writer = 'right')";
        String newest = "(SELECT MAX(id) FROM audit_event WHERE writer = 'right')";
        return Stream.of(
                Arguments.of("UPDATE audit_event SET tool = 'x' WHERE id = " + oldest, Kind.ROW_CHANGED),
                Arguments.of("DELETE FROM audit_event WHERE id = " + oldest, Kind.ROW_CHANGED),
                Arguments.of("DELETE FROM audit_event WHERE id = " + newest, Kind.ROWS_CUT_OFF),
                Arguments.of("DELETE FROM audit_checkpoint WHERE writer = 'right'", Kind.CHECKPOINT_MISSING),
                Arguments.of("UPDATE audit_event SET writer = 'left' WHERE id = " + newest, Kind.ROW_CHANGED),
                Arguments.of(
                        "INSERT INTO audit_writer (name) VALUES ('another');"
                                + " UPDATE audit_event SET writer = 'another' WHERE writer = 'right';"
                                + " UPDATE audit_checkpoint SET writer = 'another' WHERE writer = 'right'",
                        Kind.CHECKPOINT_INVALID));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void changeOfTheOtherServersRowsIsFound(String statement, Kind expected) {
        ofLeft.append(ChainRows.of("a", "b", "c"));
        ofRight.append(ChainRows.of("d", "e", "f"));
        ofLeft.sign();
        ofRight.sign();
        assertThat(verify().isVerified()).isTrue();

        database.execute(statement);

        assertThat(verify().broken()).map(ChainBreak::kind).contains(expected);
    }

    @Test
    void expectedRowIsFoundInItsChainAndMissedInEach() {
        ofLeft.append(ChainRows.of("a"));
        ofRight.append(ChainRows.of("b"));
        ofLeft.sign();
        ofRight.sign();
        String last = verify().last().toString();
        ofRight.append(ChainRows.of("c"));

        assertThat(verify(last).isVerified()).isTrue();
        assertThat(verify("999:" + "a".repeat(64)).broken())
                .map(ChainBreak::kind)
                .contains(Kind.ANCHOR_DIFFERS);
        ofLeft.deleteExpired(Instant.now().plusSeconds(60), 100);
        assertThatThrownBy(() -> verify(last)).isInstanceOf(RowsDeleted.class);
    }

    @Test
    void eachServerDeletesTheOldRowsOfAll() {
        ofLeft.append(ChainRows.of("a", "b"));
        ofRight.append(ChainRows.of("c", "d"));
        ofLeft.sign();
        ofRight.sign();
        assertThat(ofRight.deleteExpired(Instant.now().plusSeconds(60), 3)).isEqualTo(3);
        assertThat(verify().isVerified()).isTrue();
        assertThat(ofLeft.deleteExpired(Instant.now().plusSeconds(60), 3)).isEqualTo(1);
        ofLeft.append(ChainRows.of("e"));
        assertThat(verify().rows()).isEqualTo(1);
        assertThat(verify().isVerified()).isTrue();
    }

    @Test
    void rowsOfAServerThatEndedAreSignedByAnother() {
        ofLeft.append(ChainRows.of("a"));
        ofLeft.sign();
        ofRight.append(ChainRows.of("b"));
        ofRight.sign();
        long last = ofRight.append(ChainRows.of("c"));
        ofLeft.sign();
        assertThat(verify().coveredTo()).isLessThan(last);

        // as if the last signature was long ago
        SigningKey key = new SigningKeys(configuration).current();
        reads().read(handle -> {
            ChainTables chain = new ChainTables(handle, "right");
            Checkpoint head = chain.state().newestHead().orElseThrow();
            chain.put(Checkpoint.signed(
                    "right",
                    head.number(),
                    head.kind(),
                    head.row(),
                    Instant.now().minusSeconds(600),
                    key));
            return head;
        });
        assertThat(ofLeft.sign().broken()).isEmpty();

        assertThat(verify().isVerified()).isTrue();
        assertThat(verify().coveredTo()).isEqualTo(last);
    }

    @Test
    void rowIsNewestOnlyWhenNoRowBeforeItCanComeAnyMore() {
        ofLeft.append(ChainRows.of("a"));
        long before = newest();
        long late;
        try (Handle unfinished = right.jdbi().open()) {
            unfinished.begin();
            ChainTables chain = ChainTables.own(unfinished).locked();
            late = chain.append(chain.newest(), ChainRows.of("late")).get(0);
            long early = ofLeft.append(ChainRows.of("b", "c"));
            assertThat(early).isGreaterThan(late);
            assertThat(newest()).isEqualTo(before);
            unfinished.commit();
            assertThat(newest()).isEqualTo(early);
        }
        try (Handle unfinished = right.jdbi().open()) {
            unfinished.begin();
            ChainTables chain = ChainTables.own(unfinished).locked();
            chain.append(chain.newest(), ChainRows.of("never"));
            unfinished.rollback();
        }
        assertThat(newest()).isGreaterThan(late);
    }

    @Test
    void trailIsWholeWhileAServerJoins() {
        ofLeft.append(ChainRows.of("a"));
        assertThat(verify().broken()).isEmpty();
        ofRight.append(ChainRows.of("b"));
        assertThat(verify().broken()).isEmpty();
        assertThat(ofRight.sign().broken()).isEmpty();
    }

    @Test
    void chainThatWasDeletedAsAWholeIsMissedByTheOther() {
        ofLeft.append(ChainRows.of("a"));
        ofRight.append(ChainRows.of("b"));
        ofRight.sign();
        ofLeft.sign();
        assertThat(verify().isVerified()).isTrue();
        database.execute("DELETE FROM audit_event WHERE writer = 'right'; DELETE FROM audit_checkpoint WHERE writer ="
                + " 'right'; DELETE FROM audit_writer WHERE name = 'right'");
        assertThat(verify().broken()).map(ChainBreak::kind).contains(Kind.ROWS_CUT_OFF);
        // a server of that name begins another chain
        ofRight.append(ChainRows.of("c"));
        ofRight.sign();
        assertThat(verify().broken()).map(ChainBreak::kind).contains(Kind.ROWS_CUT_OFF);
    }

    @Test
    void headOfAnotherChainCannotBeChangedInACheckpoint() {
        ofRight.append(ChainRows.of("b"));
        ofRight.sign();
        ofLeft.append(ChainRows.of("a"));
        ofLeft.sign();
        database.execute("UPDATE audit_checkpoint SET others = '' WHERE writer = 'left' AND number > 0");
        assertThat(verify().broken()).map(ChainBreak::kind).contains(Kind.CHECKPOINT_INVALID);
    }

    @Test
    void serverReportsThatItsWholeChainWasDeleted() {
        ofLeft.append(ChainRows.of("a"));
        ofLeft.sign();
        database.execute("DELETE FROM audit_event; DELETE FROM audit_checkpoint; DELETE FROM audit_writer");
        ofLeft.append(ChainRows.of("b"));
        assertThat(ofLeft.sign().broken()).map(ChainBreak::kind).contains(Kind.CHECKPOINT_MISSING);
    }

    @Test
    void serversOfOneNameWriteOneChain() {
        try (TemporaryStore namesake = TemporaryStore.on(database, "left")) {
            AuditChain ofNamesake = new AuditChain(namesake, configuration);
            for (int i = 0; i < 5; i++) {
                ofLeft.append(ChainRows.of("a"));
                ofNamesake.append(ChainRows.of("b"));
            }
            ofNamesake.sign();
            assertThat(verify().rows()).isEqualTo(10);
            assertThat(verify().isVerified()).isTrue();
        }
    }
}
