package io.mcpdata.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mcpdata.audit.chain.ChainBreak.Kind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attacker can do to the rows of a store without the key. Ten rows, of which a checkpoint covers eight. */
final class TamperingTest {

    @TempDir
    Path directory;

    private ChainedStore store;

    @BeforeEach
    void open() {
        store = new ChainedStore(directory);
        store.chain.sign();
        store.chain.append(ChainRows.of("a", "b", "c", "d", "e", "f", "g", "h"));
        store.chain.sign();
        store.chain.append(ChainRows.of("i", "j"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void untouchedRowsAreVerified() {
        Verification found = store.verify();
        assertThat(found.broken()).isEmpty();
        assertThat(found.isVerified()).isTrue();
        assertThat(found.rows()).isEqualTo(10);
        assertThat(found.coveredTo()).isEqualTo(8);
        assertThat(found.last()).isEqualTo(store.state().newest());
    }

    static Stream<Arguments> tampering() {
        Stream<Arguments> texts = Arrays.stream(TextColumn.values())
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .map(column -> sql(
                        "edit of " + column,
                        Kind.ROW_CHANGED,
                        5,
                        "UPDATE audit_event SET " + column + " = 'x' WHERE id = 5"));
        return Stream.concat(texts, others());
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                sql(
                        "edit of the time",
                        Kind.ROW_CHANGED,
                        5,
                        "UPDATE audit_event SET occurred_at = occurred_at + INTERVAL '0.000001' SECOND WHERE id = 5"),
                sql(
                        "edit of the duration",
                        Kind.ROW_CHANGED,
                        5,
                        "UPDATE audit_event SET duration_micros = 1 WHERE id = 5"),
                sql("edit of the row count", Kind.ROW_CHANGED, 5, "UPDATE audit_event SET row_count = 0 WHERE id = 5"),
                sql(
                        "edit of the hash",
                        Kind.ROW_CHANGED,
                        5,
                        "UPDATE audit_event SET chain_hash = X'" + "00".repeat(32) + "' WHERE id = 5"),
                sql("short hash", Kind.ROW_WITHOUT_HASH, 5, "UPDATE audit_event SET chain_hash = X'00' WHERE id = 5"),
                sql("hash removed", Kind.ROW_WITHOUT_HASH, 5, "UPDATE audit_event SET chain_hash = NULL WHERE id = 5"),
                sql(
                        "text moved to the next column",
                        Kind.ROW_CHANGED,
                        5,
                        "UPDATE audit_event SET persona = 'analys', roles = 'tanalyst write' WHERE id = 5"),
                sql("first row deleted", Kind.ROW_MISSING, 1, "DELETE FROM audit_event WHERE id = 1"),
                sql("row in the middle deleted", Kind.ROW_MISSING, 5, "DELETE FROM audit_event WHERE id = 5"),
                sql("rows cut off at the beginning", Kind.ROW_MISSING, 1, "DELETE FROM audit_event WHERE id < 5"),
                sql(
                        "row deleted and the others numbered again",
                        Kind.ROW_CHANGED,
                        5,
                        "DELETE FROM audit_event WHERE id = 5",
                        "UPDATE audit_event SET id = id - 1 WHERE id > 5"),
                sql("rows cut off at the end", Kind.ROWS_CUT_OFF, 8, "DELETE FROM audit_event WHERE id > 7"),
                sql("all rows deleted", Kind.ROWS_CUT_OFF, 1, "DELETE FROM audit_event"),
                sql(
                        "two rows exchanged",
                        Kind.ROW_CHANGED,
                        4,
                        "UPDATE audit_event SET id = -id WHERE id IN (4, 5)",
                        "UPDATE audit_event SET id = 9 + id WHERE id < 0"),
                sql(
                        "row inserted in the middle",
                        Kind.ROW_CHANGED,
                        5,
                        "UPDATE audit_event SET id = -id - 1 WHERE id >= 5",
                        "UPDATE audit_event SET id = -id WHERE id < 0",
                        "INSERT INTO audit_event SELECT 5, " + columns() + " FROM audit_event WHERE id = 4"),
                sql(
                        "row inserted at the end",
                        Kind.ROW_CHANGED,
                        11,
                        "INSERT INTO audit_event SELECT 11, " + columns() + " FROM audit_event WHERE id = 10"),
                sql(
                        "row inserted before the second",
                        Kind.ROW_CHANGED,
                        2,
                        "UPDATE audit_event SET id = -id - 1",
                        "UPDATE audit_event SET id = -id",
                        "INSERT INTO audit_event SELECT 1, " + columns() + " FROM audit_event WHERE id = 2"),
                with("row changed and hashed again with all that follow", Kind.CHECKPOINT_DIFFERS, 8, store -> {
                    store.execute("UPDATE audit_event SET tool = 'x' WHERE id = 5");
                    store.rehash(5);
                }),
                with("rows cut off and others written in their place", Kind.CHECKPOINT_DIFFERS, 8, store -> {
                    store.execute("DELETE FROM audit_event WHERE id > 5");
                    store.chain.append(ChainRows.of("k", "l", "m", "n", "o", "p"));
                }),
                sql(
                        "newest checkpoint deleted",
                        Kind.CHECKPOINT_MISSING,
                        0,
                        "DELETE FROM audit_checkpoint WHERE number > 0"),
                sql("base deleted", Kind.CHECKPOINT_MISSING, 0, "DELETE FROM audit_checkpoint WHERE number = 0"),
                sql("all checkpoints deleted", Kind.CHECKPOINT_MISSING, 0, "DELETE FROM audit_checkpoint"),
                sql(
                        "checkpoint moved",
                        Kind.CHECKPOINT_INVALID,
                        10,
                        "UPDATE audit_checkpoint SET row_id = 10, row_hash = (SELECT chain_hash FROM audit_event WHERE id = 10)"
                                + " WHERE number > 0"),
                sql(
                        "checkpoint without a signature",
                        Kind.CHECKPOINT_INVALID,
                        8,
                        "UPDATE audit_checkpoint SET key_id = '', signature = X'' WHERE number > 0"),
                sql(
                        "base without a signature",
                        Kind.CHECKPOINT_INVALID,
                        0,
                        "UPDATE audit_checkpoint SET key_id = '', signature = X'' WHERE number = 0"),
                sql(
                        "base moved over deleted rows",
                        Kind.CHECKPOINT_INVALID,
                        3,
                        "UPDATE audit_checkpoint SET row_id = 3, row_hash = (SELECT chain_hash FROM audit_event WHERE id = 3)"
                                + " WHERE number = 0",
                        "DELETE FROM audit_event WHERE id <= 3"),
                with(
                        "checkpoint of another key",
                        Kind.CHECKPOINT_INVALID,
                        10,
                        store -> store.put(Checkpoint.signed(
                                "",
                                1,
                                Checkpoint.Kind.HEAD,
                                store.state().newest(),
                                Instant.now(),
                                SigningKey.random()))),
                with("checkpoint of another key that names this one", Kind.CHECKPOINT_INVALID, 10, store -> {
                    Checkpoint forged = Checkpoint.signed(
                            "", 1, Checkpoint.Kind.HEAD, store.state().newest(), Instant.now(), SigningKey.random());
                    store.put(new Checkpoint(
                            "",
                            1,
                            Checkpoint.Kind.HEAD,
                            forged.row(),
                            forged.madeAt(),
                            store.state().heads().get(0).keyId(),
                            forged.signature()));
                }),
                with("base that takes the signature of a checkpoint", Kind.CHECKPOINT_INVALID, 8, store -> {
                    Checkpoint head = store.state().heads().get(0);
                    store.put(new Checkpoint(
                            "", 0, Checkpoint.Kind.BASE, head.row(), head.madeAt(), head.keyId(), head.signature()));
                    store.execute("DELETE FROM audit_event WHERE id <= 8");
                }),
                with("row put back that was deleted because of its age", Kind.ROW_BEFORE_BASE, 2, store -> {
                    store.chain.deleteExpired(Instant.now().plusSeconds(60), 3);
                    store.execute("INSERT INTO audit_event SELECT 2, " + columns() + " FROM audit_event WHERE id = 4");
                }));
    }

    private static String columns() {
        return "occurred_at, request_id, type, outcome, caller, method, credential_id, persona, roles, client_address,"
                + " user_agent, category, rule, tool, connection, parameters, duration_micros, row_count, identity,"
                + " chain_hash, trace_id";
    }

    private static Arguments sql(String name, Kind kind, long row, String... statements) {
        return with(name, kind, row, store -> store.execute(statements));
    }

    private static Arguments with(String name, Kind kind, long row, Consumer<ChainedStore> tampering) {
        return arguments(name, kind, row, tampering);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void tamperingIsFoundAndStillAfterTheNextSignature(
            String name, Kind kind, long row, Consumer<ChainedStore> tampering) {
        tampering.accept(store);

        assertThat(store.verify().broken()).hasValueSatisfying(found -> {
            assertThat(found.kind()).isEqualTo(kind);
            assertThat(found.row()).isEqualTo(row);
            assertThat(found.detail()).isNotEmpty();
        });

        store.chain.append(ChainRows.of("later", "and", "later", "and", "later"));
        boolean told = store.chain.sign().broken().isPresent();
        store.chain.append(ChainRows.of("last"));
        store.chain.sign();
        assertThat(told || store.verify().broken().isPresent()).isTrue();
    }

    @Test
    void hashesOfAllRowsComputedAgainDoNotMatchAnAnchor() {
        ChainPosition anchor = store.verify().last();
        store.execute("UPDATE audit_event SET tool = 'x' WHERE id = 9");
        store.rehash(9);
        assertThat(store.verify().broken()).as("no checkpoint covers this row").isEmpty();

        assertThat(store.verify(java.util.Optional.of(anchor)).broken()).hasValueSatisfying(found -> {
            assertThat(found.kind()).isEqualTo(Kind.ANCHOR_DIFFERS);
            assertThat(found.row()).isEqualTo(10);
        });
        store.execute("DELETE FROM audit_event WHERE id = 10");
        assertThat(store.verify(java.util.Optional.of(anchor)).broken())
                .map(ChainBreak::kind)
                .contains(Kind.ROWS_CUT_OFF);
    }
}
