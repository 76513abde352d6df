package io.mcpdata.audit.chain;

import io.mcpdata.audit.chain.Checkpoint.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The verified chain of an embedded store, which becomes the chain of one writer in an empty database of several. The rows
 * keep their numbers and hashes; the checkpoints are new, because their signatures cover the writer. Immutable.
 */
public final class ChainCopy {

    private static final int ROWS_OF_STATEMENT = 500;

    private final ChainReads source;
    private final String writer;
    private final SigningKey key;

    /**
     * @param writer the name of the chain
     * @param signingKey in PEM, as the configuration has it
     */
    public ChainCopy(ChainReads source, String writer, String signingKey) {
        this.source = source;
        this.writer = writer;
        this.key = SigningKey.ofPem(signingKey);
    }

    /**
     * Copies the rows, some hundred at a time, so that memory stays flat, and verifies what the database has then.
     *
     * @param target with an open transaction
     * @return how many rows were copied, and the last one
     */
    public Copied into(Handle target, Instant now) {
        ChainState state = source.read(handle -> new ChainTables(handle, "").state());
        target.createUpdate("INSERT INTO audit_writer (name) VALUES (:writer)")
                .bind("writer", writer)
                .execute();
        ChainTables chain = new ChainTables(target, writer);
        long rows = 0;
        long last = 0;
        for (List<StoredRow> some = after(0); !some.isEmpty(); some = after(last)) {
            chain.insert(some);
            rows += some.size();
            last = some.get(some.size() - 1).id();
        }
        chain.put(Checkpoint.signed(writer, 0, Kind.BASE, state.begin(), now, key));
        chain.put(Checkpoint.head(writer, 1, state.newest(), now, key, ""));
        continueNumbersAfter(Math.max(last, state.begin().id()), target);
        Verification copied = new ChainVerifier(readsOf(target), Optional.of(key.publicKey()), writer)
                .verify(Optional.empty(), Optional.of(state.newest()), 0, () -> false);
        if (!copied.isVerified()) {
            throw new CopyDiffers(copied.broken().map(ChainBreak::detail).orElse("not all rows are there"));
        }
        return new Copied(rows, copied.last());
    }

    /**
     * What was copied. Immutable.
     *
     * @param rows including rows that are older than the chain
     */
    public record Copied(long rows, ChainPosition last) {}

    /** The database has other rows than it was given. */
    public static final class CopyDiffers extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CopyDiffers(String detail) {
            super("the database does not return the rows as they were given: " + detail);
        }
    }

    private List<StoredRow> after(long id) {
        return source.read(handle -> new ChainTables(handle, "").rowsAfter(id, ROWS_OF_STATEMENT));
    }

    /** Ends with the transaction, unlike setval. The sequence's value is always a number that is taken. */
    private static void continueNumbersAfter(long number, Handle target) {
        target.execute("ALTER SEQUENCE audit_event_id RESTART WITH " + number);
        target.createQuery("SELECT nextval('audit_event_id')").mapTo(Long.class).one();
    }

    private static ChainReads readsOf(Handle handle) {
        return new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return statements.apply(handle);
            }
        };
    }
}
