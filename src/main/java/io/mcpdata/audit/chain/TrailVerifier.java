package io.mcpdata.audit.chain;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/**
 * Verifies the chains of all servers that write, one after the other in the order of their names. Numbers of rows are
 * unique in the store, so a row tells which chain is meant. Immutable and thread-safe.
 */
public final class TrailVerifier {

    private final ChainReads reads;
    private final Optional<PublicSigningKey> key;

    TrailVerifier(ChainReads reads, Optional<PublicSigningKey> key) {
        this.reads = reads;
        this.key = key;
    }

    /**
     * As {@link ChainVerifier#verify}, for all chains.
     *
     * @return of the chains that were verified: the rows of all; the base of the first and the last row of the last one;
     *     the newest row of all, which is covered if all rows are
     * @throws RowsDeleted if {@code from} or {@code expected} are rows that were deleted because of their age
     */
    public Verification verify(
            Optional<ChainPosition> from, Optional<ChainPosition> expected, long recorded, BooleanSupplier timeIsOver) {
        List<String> writers = reads.read(ChainTables::writers);
        if (writers.equals(List.of(""))) {
            return new ChainVerifier(reads, key).verify(from, expected, recorded, timeIsOver);
        }
        Optional<String> anchored = expected.flatMap(row -> writerOf(row, writers));
        Optional<Verification> sum = Optional.empty();
        int first = from.map(
                        row -> writers.indexOf(writerOf(row, writers).orElseThrow(() -> new RowsDeleted(row.id()))))
                .orElse(0);
        for (int i = first; i < writers.size(); i++) {
            String writer = writers.get(i);
            ChainVerifier verifier = new ChainVerifier(reads, key, writer);
            Verification found = verifier.verify(
                    i == first ? from : Optional.empty(),
                    expected.filter(row -> anchored.filter(writer::equals).isPresent()),
                    recorded,
                    timeIsOver);
            Verification all = sum.map(before -> before.and(found)).orElse(found);
            if (!found.isVerified()) {
                return all;
            }
            if (i + 1 < writers.size() && timeIsOver.getAsBoolean()) {
                return all.continuedAt(baseOf(writers.get(i + 1)));
            }
            sum = Optional.of(all);
        }
        return complete(sum, expected, anchored, writers);
    }

    /** What all chains together must have. */
    private Verification complete(
            Optional<Verification> sum,
            Optional<ChainPosition> expected,
            Optional<String> anchored,
            List<String> writers) {
        Verification all = sum.orElseGet(() -> Verification.nothing(new ChainBreak(
                ChainBreak.Kind.CHECKPOINT_MISSING, 0, "the store knows no server that has written audit rows")));
        Optional<ChainBreak> gone = new OtherChains(reads, writers).gone();
        if (gone.isPresent()) {
            return all.broken(gone.get());
        }
        if (expected.isEmpty() || anchored.isPresent()) {
            return all;
        }
        long id = expected.get().id();
        if (writers.stream().map(this::baseOf).anyMatch(base -> base.id() >= id && !isFirst(base))) {
            throw new RowsDeleted(id);
        }
        return all.broken(new ChainBreak(
                ChainBreak.Kind.ANCHOR_DIFFERS, id, "row " + id + ", which is expected, is in no chain"));
    }

    private Optional<String> writerOf(ChainPosition row, List<String> writers) {
        return writers.stream()
                .filter(writer -> baseOf(writer).equals(row) || reads.read(handle -> has(handle, writer, row.id())))
                .findFirst();
    }

    private static boolean has(Handle handle, String writer, long id) {
        return new ChainTables(handle, writer).rowsAfter(id - 1, 1).stream().anyMatch(found -> found.id() == id);
    }

    private ChainPosition baseOf(String writer) {
        return reads.read(handle -> new ChainTables(handle, writer).state()).begin();
    }

    private static boolean isFirst(ChainPosition base) {
        return base.hash().equals(ChainPosition.NO_HASH);
    }
}
