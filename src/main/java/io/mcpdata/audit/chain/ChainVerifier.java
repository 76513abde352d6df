package io.mcpdata.audit.chain;

import io.mcpdata.audit.chain.ChainBreak.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/**
 * Verifies the rows of one chain from the oldest to the newest, some hundred in each statement, so that memory stays flat. It reports the
 * first break. Immutable and thread-safe.
 */
public final class ChainVerifier {

    private static final int ROWS_OF_STATEMENT = 500;

    private final ChainReads reads;
    private final Optional<PublicSigningKey> key;
    private final int rowsOfStatement;
    private final String writer;

    /** @param key without it, signatures are not verified */
    public ChainVerifier(ChainReads reads, Optional<PublicSigningKey> key) {
        this(reads, key, ROWS_OF_STATEMENT);
    }

    ChainVerifier(ChainReads reads, Optional<PublicSigningKey> key, String writer) {
        this(reads, key, ROWS_OF_STATEMENT, writer);
    }

    ChainVerifier(ChainReads reads, Optional<PublicSigningKey> key, int rowsOfStatement) {
        this(reads, key, rowsOfStatement, "");
    }

    /** @param writer whose chain it is; if empty, one server alone writes, and numbers have no gaps */
    private ChainVerifier(ChainReads reads, Optional<PublicSigningKey> key, int rowsOfStatement, String writer) {
        this.writer = writer;
        this.reads = reads;
        this.key = key;
        this.rowsOfStatement = rowsOfStatement;
    }

    String writer() {
        return writer;
    }

    /**
     * Verifies rows until a break, the newest row or the end of the time.
     *
     * @param from the last row that was verified before; empty to begin with the oldest row
     * @param expected a row that must be there
     * @param recorded the highest number of a row that is recorded beside the store; 0 if none is
     * @param timeIsOver asked after each statement
     * @throws RowsDeleted if {@code from} or {@code expected} are rows that were deleted because of their age
     */
    public Verification verify(
            Optional<ChainPosition> from, Optional<ChainPosition> expected, long recorded, BooleanSupplier timeIsOver) {
        while (true) {
            ChainState state = reads.read(handle -> tables(handle).state());
            Run run = new Run(state, from, expected, recorded);
            if (run.throughRows(timeIsOver) || !isOvertaken(run)) {
                return run.result();
            }
        }
    }

    /** The positions of the newest checkpoint and of the newest row must be joined by unchanged rows. */
    Optional<ChainBreak> since(ChainState state, ChainPosition begin) {
        Run run = new Run(state, begin);
        boolean found = run.throughRows(() -> false);
        return !found && isOvertaken(run) ? Optional.empty() : run.broken;
    }

    /** Whether old rows were deleted while this run read them. */
    private boolean isOvertaken(Run run) {
        return reads.read(handle -> tables(handle).state()).begin().id() > run.at.id();
    }

    private ChainTables tables(Handle handle) {
        return new ChainTables(handle, writer);
    }

    /** One run over the rows that were there at its begin. */
    private final class Run {

        private final ChainState state;
        private final List<ChainPosition> fixed;
        private final Optional<ChainPosition> expected;
        private final long recorded;
        private ChainPosition at;
        private long rows;
        private Optional<ChainBreak> broken = Optional.empty();
        private boolean complete;

        Run(ChainState state, ChainPosition begin) {
            this.state = state;
            this.fixed = List.of();
            this.expected = Optional.empty();
            this.recorded = begin.id();
            this.at = begin;
            if (begin.id() == state.newest().id() && !begin.equals(state.newest())) {
                broken = found(
                        Kind.CHECKPOINT_DIFFERS,
                        begin.id(),
                        "row " + begin.id() + " has another hash than the checkpoint that was signed at it");
            }
        }

        Run(ChainState state, Optional<ChainPosition> from, Optional<ChainPosition> expected, long recorded) {
            this.state = state;
            this.fixed = state.heads().stream().map(Checkpoint::row).toList();
            this.expected = expected;
            this.recorded = recorded;
            this.at = from.orElse(state.begin());
            checkKept(at);
            expected.ifPresent(this::checkKept);
            broken = checkpoints().or(this::rowsBeforeBase).or(() -> from.isEmpty() ? fixedAt(at) : begun());
        }

        private void checkKept(ChainPosition row) {
            if (row.id() < state.begin().id()) {
                throw new RowsDeleted(row.id());
            }
        }

        /** False if the run ends with rows that are missing: then they may have been deleted because of their age. */
        boolean throughRows(BooleanSupplier timeIsOver) {
            while (broken.isEmpty() && at.id() < state.newest().id()) {
                List<StoredRow> batch = reads.read(handle -> tables(handle).rowsAfter(at.id(), rowsOfStatement));
                if (batch.isEmpty()) {
                    broken = missing(at.id() + 1, "no row follows row " + at.id());
                }
                for (StoredRow row : batch) {
                    if (broken.isEmpty() && row.id() <= state.newest().id()) {
                        take(row);
                    }
                }
                if (broken.isEmpty() && at.id() < state.newest().id() && timeIsOver.getAsBoolean()) {
                    return true;
                }
            }
            complete = true;
            if (broken.isEmpty()) {
                broken = cutOff();
            }
            return broken.filter(found -> found.kind() == Kind.ROW_MISSING).isEmpty();
        }

        private void take(StoredRow row) {
            long next = writer.isEmpty() ? at.id() + 1 : row.id();
            if (row.id() != next) {
                broken = missing(next, "row " + row.id() + " follows row " + at.id());
                return;
            }
            if (row.hash().isEmpty()) {
                broken = found(Kind.ROW_WITHOUT_HASH, next, "row " + next + " has no hash");
                return;
            }
            ChainPosition computed = RowHash.of(at.hash(), next, row.row());
            if (!computed.hash().equals(row.hash().get())) {
                broken = found(
                        Kind.ROW_CHANGED,
                        next,
                        "the hash of row " + next + " does not match its values and row " + at.id()
                                + (writer.isEmpty() ? "" : ", or a row between them is missing"));
                return;
            }
            broken = fixedAt(computed);
            if (broken.isEmpty()) {
                at = computed;
                rows++;
            }
        }

        /** Whether checkpoints and the caller expect another hash of this row. */
        private Optional<ChainBreak> fixedAt(ChainPosition row) {
            if (fixed.stream().anyMatch(known -> known.id() == row.id() && !known.equals(row))) {
                return found(
                        Kind.CHECKPOINT_DIFFERS,
                        row.id(),
                        "row " + row.id() + " has another hash than the checkpoint that was signed at it");
            }
            return expected.filter(known -> known.id() == row.id() && !known.equals(row))
                    .flatMap(known -> found(
                            Kind.ANCHOR_DIFFERS,
                            row.id(),
                            "row " + row.id() + " has the hash " + row.hash() + ", not the expected " + known.hash()));
        }

        /** Whether the row with which a caller continues is still the same. */
        private Optional<ChainBreak> begun() {
            return at.equals(state.begin())
                            || reads.read(handle -> tables(handle).rowsAfter(at.id() - 1, 1)).stream()
                                    .anyMatch(row ->
                                            row.id() == at.id() && row.hash().equals(Optional.of(at.hash())))
                    ? Optional.empty()
                    : found(
                            Kind.ANCHOR_DIFFERS,
                            at.id(),
                            "row " + at.id() + " is not there with the hash with which the verification continues");
        }

        private Optional<ChainBreak> checkpoints() {
            if (state.base().isEmpty() || state.heads().isEmpty()) {
                return found(
                        Kind.CHECKPOINT_MISSING,
                        state.begin().id(),
                        state.base().isEmpty()
                                ? "the checkpoint at which the chain begins is missing"
                                : "there is no checkpoint of the newest rows");
            }
            return state.base().stream()
                    .filter(this::isInvalid)
                    .findFirst()
                    .or(() -> state.heads().stream().filter(this::isInvalid).findFirst())
                    .flatMap(invalid -> found(
                            Kind.CHECKPOINT_INVALID,
                            invalid.row().id(),
                            "the checkpoint at row " + invalid.row().id() + " has no valid signature of the key"
                                    + key.map(known -> " " + known.id()).orElse("")));
        }

        private boolean isInvalid(Checkpoint checkpoint) {
            return !checkpoint.isSigned()
                    || key.filter(known -> !checkpoint.isSignedBy(known)).isPresent();
        }

        private Optional<ChainBreak> rowsBeforeBase() {
            return !isFirst(state.begin()) && hasOlderRows()
                    ? found(
                            Kind.ROW_BEFORE_BASE,
                            state.oldest().getAsLong(),
                            "row " + state.oldest().getAsLong() + " is there, although rows up to "
                                    + state.begin().id() + " were deleted because of their age")
                    : Optional.empty();
        }

        private boolean hasOlderRows() {
            return state.oldest().isPresent()
                    && state.oldest().getAsLong() <= state.begin().id();
        }

        private Optional<ChainBreak> cutOff() {
            long reached = state.newest().id();
            long known = Math.max(
                    Math.max(recorded, expected.map(ChainPosition::id).orElse(0L)),
                    fixed.stream().mapToLong(ChainPosition::id).max().orElse(0));
            return reached < known
                    ? found(
                            Kind.ROWS_CUT_OFF,
                            reached + 1,
                            "the newest row is " + reached + ", and there were rows up to " + known)
                    : Optional.empty();
        }

        Verification result() {
            long covered = state.heads().stream()
                    .mapToLong(head -> head.row().id())
                    .max()
                    .orElse(state.begin().id());
            return new Verification(
                    state.begin(),
                    rows,
                    at,
                    complete ? Optional.empty() : Optional.of(at),
                    broken,
                    covered,
                    state.newest().id(),
                    hasOlderRows());
        }
    }

    private static boolean isFirst(ChainPosition base) {
        return base.hash().equals(ChainPosition.NO_HASH);
    }

    private static Optional<ChainBreak> missing(long id, String what) {
        return found(Kind.ROW_MISSING, id, "row " + id + " is missing: " + what);
    }

    private static Optional<ChainBreak> found(Kind kind, long row, String detail) {
        return Optional.of(new ChainBreak(kind, row, detail));
    }
}
