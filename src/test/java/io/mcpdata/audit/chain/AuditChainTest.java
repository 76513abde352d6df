package io.mcpdata.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.audit.chain.ChainBreak.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditChainTest {

    @TempDir
    Path directory;

    @Test
    void newStoreIsSignedWithANewKeyThatOnlyItsOwnerCanRead() throws IOException {
        try (ChainedStore store = new ChainedStore(directory)) {
            assertThat(store.verify().broken()).map(ChainBreak::kind).contains(Kind.CHECKPOINT_MISSING);
            ChainSigning signing = store.chain.sign();
            assertThat(signing.broken()).isEmpty();
            assertThat(signing.formerKey()).isEmpty();
            assertThat(store.verify().isVerified()).isTrue();
        }
        Path key = directory.resolve("audit-signing.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----\n");
        String shown = Files.readString(directory.resolve("audit-signing.pub"));
        assertThat(PublicSigningKey.ofPem(shown).id())
                .isEqualTo(SigningKey.ofPem(Files.readString(key)).id());
    }

    @Test
    void rowsAreNumberedWithoutGapsAlsoByTwoWritersAtOnce() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            List<CompletableFuture<Void>> writers = IntStream.range(0, 2)
                    .mapToObj(writer -> CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < 50; i++) {
                            store.chain.append(ChainRows.of("a" + i, "b" + i));
                        }
                    }))
                    .toList();
            writers.forEach(CompletableFuture::join);
            assertThat(store.chain.append(ChainRows.of("last"))).isEqualTo(201);
            Verification found = store.verify();
            assertThat(found.isVerified()).isTrue();
            assertThat(found.rows()).isEqualTo(201);
        }
    }

    @Test
    void transactionThatFailsLeavesNoGap() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a"));
            List<ChainRow> refused = List.of(
                    ChainRows.of("b", Instant.now()),
                    ChainRows.with(ChainRows.of("c", Instant.now()), TextColumn.TOOL, "x".repeat(129)));
            assertThatThrownBy(() -> store.chain.append(refused)).isInstanceOf(RuntimeException.class);
            assertThat(store.chain.append(ChainRows.of("d"))).isEqualTo(2);
            assertThat(store.verify().rows()).isEqualTo(2);
            assertThat(store.verify().isVerified()).isTrue();
        }
    }

    @Test
    void chainThatIsMadeToBeginAgainIsReported() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a", "b", "c"));
            store.chain.sign();
            store.execute(
                    "UPDATE audit_event SET chain_hash = NULL, tool = 'x'",
                    "DELETE FROM audit_checkpoint WHERE number > 0",
                    "UPDATE audit_checkpoint SET row_id = 3, row_hash = X'" + "00".repeat(32)
                            + "', key_id = '', signature = X''");

            ChainSigning signing = store.chain.sign();

            assertThat(signing.broken()).hasValueSatisfying(found -> {
                assertThat(found.kind()).isEqualTo(Kind.CHECKPOINT_MISSING);
                assertThat(found.detail()).contains("begins again behind row 3");
            });
            assertThat(store.verify().olderRows()).isTrue();
        }
    }

    @Test
    void rowsOfBeforeTheChainStayAndNothingProtectsThem() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.append(ChainRows.of("a", "b", "c"));
            // as the migration leaves a store that had three rows
            store.execute(
                    "UPDATE audit_event SET chain_hash = NULL",
                    "UPDATE audit_checkpoint SET row_id = 3 WHERE number = 0");
            store.chain.sign();
            store.chain.append(ChainRows.of("d", "e"));
            Verification found = store.verify();
            assertThat(found.isVerified()).isTrue();
            assertThat(found.rows()).isEqualTo(2);
            assertThat(found.olderRows()).isTrue();
            store.chain.deleteExpired(Instant.now().plusSeconds(60), 2);
            assertThat(store.verify().isVerified()).isTrue();
            store.chain.deleteExpired(Instant.now().plusSeconds(60), 2);
            assertThat(store.verify().base().id()).isEqualTo(4);
            assertThat(store.verify().isVerified()).isTrue();
            assertThat(store.verify().olderRows()).isFalse();
        }
    }

    @Test
    void deletingOldRowsKeepsTheChainAndTheNumbers() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a", "b", "c", "d", "e"));
            store.chain.sign();
            assertThat(store.chain.deleteExpired(Instant.now().plusSeconds(60), 2))
                    .isEqualTo(2);
            assertThat(store.verify().isVerified()).isTrue();
            assertThat(store.verify().base().id()).isEqualTo(2);
            assertThat(store.chain.deleteExpired(Instant.now().plusSeconds(60), 100))
                    .isEqualTo(3);
            assertThat(store.chain.deleteExpired(Instant.now().plusSeconds(60), 100))
                    .isZero();
            assertThat(store.verify().isVerified()).isTrue();
            assertThat(store.chain.append(ChainRows.of("f"))).isEqualTo(6);
            assertThat(store.chain.sign().broken()).isEmpty();
            assertThat(store.verify().rows()).isEqualTo(1);
            assertThat(store.verify().isVerified()).isTrue();
        }
    }

    @Test
    void rowsThatNoCheckpointCoversAreDeletedToo() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a", "b", "c"));
            assertThat(store.chain.deleteExpired(Instant.now().plusSeconds(60), 2))
                    .isEqualTo(2);
            assertThat(store.verify().isVerified()).isTrue();
            assertThat(store.chain.sign().broken()).isEmpty();
            assertThat(store.verify().coveredTo()).isEqualTo(3);
        }
    }

    @Test
    void newKeyReplacesTheSignaturesAndIsReported() throws IOException {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a", "b"));
            store.chain.sign();
        }
        Files.delete(directory.resolve("audit-signing.key"));
        try (ChainedStore store = new ChainedStore(directory)) {
            assertThat(store.verify().broken()).map(ChainBreak::kind).contains(Kind.CHECKPOINT_INVALID);
            ChainSigning signing = store.chain.sign();
            assertThat(signing.broken()).isEmpty();
            assertThat(signing.formerKey()).isPresent().isNotEqualTo(Optional.of(signing.keyId()));
            assertThat(store.verify().isVerified()).isTrue();
            assertThat(store.chain.sign().formerKey()).isEmpty();
        }
    }

    @Test
    void configuredKeySignsInPlaceOfTheOneInTheDataDirectory() {
        SigningKey configured = SigningKey.random();
        try (ChainedStore store = new ChainedStore(directory, configured)) {
            store.chain.append(ChainRows.of("a"));
            assertThat(store.chain.sign().keyId()).isEqualTo(configured.id());
            assertThat(store.verify().isVerified()).isTrue();
        }
        assertThat(directory.resolve("audit-signing.key")).doesNotExist();
        assertThat(directory.resolve("audit-signing.pub"))
                .content()
                .isEqualTo(configured.publicKey().pem());
    }

    @Test
    void publicKeyOfBeforeVerifiesWhatItSignedAfterAnotherKeyIsConfigured() throws IOException {
        String before;
        List<Checkpoint> ofBefore;
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.append(ChainRows.of("a", "b"));
            before = store.chain.sign().keyId();
            ofBefore = store.state().heads();
        }
        SigningKey configured = SigningKey.random();
        try (ChainedStore store = new ChainedStore(directory, configured)) {
            ChainSigning signing = store.chain.sign();
            assertThat(signing.broken()).isEmpty();
            assertThat(signing.formerKey()).contains(before);
            assertThat(store.verify().isVerified()).isTrue();
        }
        PublicSigningKey kept =
                PublicSigningKey.ofPem(Files.readString(directory.resolve("audit-signing-" + before + ".pub")));
        assertThat(ofBefore).isNotEmpty().allMatch(checkpoint -> checkpoint.isSignedBy(kept));
    }

    @Test
    void keyStaysWhileTheServerRuns() {
        SigningKey first = SigningKey.random();
        try (ChainedStore store = new ChainedStore(directory, first)) {
            store.chain.sign();
            assertThat(store.verify().isVerified()).isTrue();
            store.configure(SigningKey.random());
            store.chain.append(ChainRows.of("a"));
            assertThat(store.chain.sign().keyId()).isEqualTo(first.id());
            store.configure();
            assertThat(store.chain.sign().formerKey()).isEmpty();
            assertThat(store.verify().isVerified()).isTrue();
        }
    }

    @Test
    void foreignCheckpointsDoNotBecomeOwnOnesByARestart() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a", "b"));
            store.chain.sign();
            store.execute("UPDATE audit_event SET tool = 'x' WHERE id = 1");
            store.rehash(1);
            SigningKey foreign = SigningKey.random();
            ChainState state = store.state();
            store.put(Checkpoint.signed("", 0, Checkpoint.Kind.BASE, state.begin(), Instant.now(), foreign));
            store.put(Checkpoint.signed("", 1, Checkpoint.Kind.HEAD, state.newest(), Instant.now(), foreign));
        }
        try (ChainedStore store = new ChainedStore(directory)) {
            assertThat(store.chain.sign().broken()).map(ChainBreak::kind).contains(Kind.CHECKPOINT_INVALID);
            store.chain.sign();
            assertThat(store.verify().broken()).isPresent();
        }
    }

    @Test
    void fileThatIsNoKeySignsAndDeletesNothing() throws IOException {
        Files.writeString(
                directory.resolve("audit-signing.key"),
                "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.append(ChainRows.of("a"));
            assertThatThrownBy(store.chain::sign)
                    .isInstanceOf(SigningKeyUnavailable.class)
                    .hasMessageContaining("audit-signing.key")
                    .satisfies(e -> assertThat(e).hasStackTraceContaining("not a private Ed25519 key"))
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("c2VjcmV0"));
            assertThatThrownBy(() -> store.chain.deleteExpired(Instant.now().plusSeconds(60), 10))
                    .isInstanceOf(SigningKeyUnavailable.class);
            assertThat(store.state().oldest()).hasValue(1);
        }
    }

    @Test
    void verificationContinuesWhereItsTimeEnded() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a", "b", "c", "d", "e", "f", "g"));
            ChainVerifier verifier = new ChainVerifier(store.reads(), Optional.empty(), 3);
            Verification first = verifier.verify(Optional.empty(), Optional.empty(), 0, () -> true);
            assertThat(first.next().orElseThrow().id()).isEqualTo(3);
            assertThat(first.isVerified()).isFalse();
            Verification rest = verifier.verify(first.next(), Optional.empty(), 0, () -> false);
            assertThat(rest.isVerified()).isTrue();
            assertThat(rest.rows()).isEqualTo(4);

            ChainPosition wrong = new ChainPosition(3, "0".repeat(64));
            assertThat(verifier.verify(Optional.of(wrong), Optional.empty(), 0, () -> false)
                            .broken())
                    .map(ChainBreak::kind)
                    .contains(Kind.ANCHOR_DIFFERS);
            store.chain.deleteExpired(Instant.now().plusSeconds(60), 5);
            assertThatThrownBy(() -> verifier.verify(first.next(), Optional.empty(), 0, () -> false))
                    .isInstanceOf(RowsDeleted.class);
        }
    }

    @Test
    void rowsThatAreRecordedElsewhereMustBeThere() {
        try (ChainedStore store = new ChainedStore(directory)) {
            store.chain.sign();
            store.chain.append(ChainRows.of("a"));
            assertThat(new ChainVerifier(store.reads(), Optional.empty())
                            .verify(Optional.empty(), Optional.empty(), 2, () -> false)
                            .broken())
                    .map(ChainBreak::kind)
                    .contains(Kind.ROWS_CUT_OFF);
        }
    }
}
