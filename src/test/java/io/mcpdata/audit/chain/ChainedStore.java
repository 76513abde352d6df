package io.mcpdata.audit.chain;

import io.mcpdata.config.InMemoryActiveConfiguration;
import io.mcpdata.store.TemporaryStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** A store with a chain in a test's own directory, and what an attacker could do to it. */
final class ChainedStore implements AutoCloseable {

    final TemporaryStore store;
    final AuditChain chain;
    private final Path directory;
    private final InMemoryActiveConfiguration configuration = InMemoryActiveConfiguration.none();
    private final SigningKeys keys;

    /** @param configured the signing key of the configuration; none for the one of the data directory */
    ChainedStore(Path directory, SigningKey... configured) {
        this.directory = directory;
        store = new TemporaryStore(directory);
        configure(configured);
        chain = new AuditChain(store, configuration);
        keys = new SigningKeys(configuration);
    }

    void configure(SigningKey... configured) {
        String audit = configured.length == 0
                ? ""
                : "audit:\n  signing_key: |\n" + configured[0].pem().indent(4);
        configuration.change("server: {data_dir: '" + directory + "'}\n" + audit);
    }

    ChainReads reads() {
        return new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return store.jdbi().inTransaction(statements::apply);
            }
        };
    }

    ChainState state() {
        return reads().read(handle -> ChainTables.own(handle).state());
    }

    Verification verify() {
        return verify(Optional.empty());
    }

    Verification verify(Optional<ChainPosition> expected) {
        // few rows a statement, so that the ends of statements are tried too
        return new ChainVerifier(reads(), Optional.of(keys.current().publicKey()), 3)
                .verify(Optional.empty(), expected, 0, () -> false);
    }

    void execute(String... statements) {
        store.jdbi().useTransaction(handle -> {
            for (String statement : statements) {
                handle.execute(statement);
            }
        });
    }

    /** Computes the hashes of the rows from this one on again, as an attacker without the key can. */
    void rehash(long from) {
        store.jdbi().useTransaction(handle -> {
            ChainPosition at = from == 1
                    ? new ChainPosition(0, ChainPosition.NO_HASH)
                    : new ChainPosition(
                            from - 1,
                            ChainTables.own(handle)
                                    .rowsAfter(from - 2, 1)
                                    .get(0)
                                    .hash()
                                    .orElseThrow());
            for (StoredRow row : ChainTables.own(handle).rowsAfter(from - 1, 1_000)) {
                at = RowHash.of(at.hash(), row.id(), row.row());
                handle.createUpdate("UPDATE audit_event SET chain_hash = :hash WHERE id = :id")
                        .bind("hash", java.util.HexFormat.of().parseHex(at.hash()))
                        .bind("id", at.id())
                        .execute();
            }
        });
    }

    void put(Checkpoint checkpoint) {
        store.jdbi().useTransaction(handle -> ChainTables.own(handle).put(checkpoint));
    }

    @Override
    public void close() {
        store.close();
    }
}
