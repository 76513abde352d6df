package io.mcpdata.audit.chain;

import io.mcpdata.audit.chain.ChainBreak.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What is to be signed, after the rows since the last checkpoint were verified. A checkpoint that does not match is not
 * replaced, so that the break is found later too; the next one is written beside it. Used once.
 */
final class CheckpointPlan {

    private final String writer;
    private final ChainState state;
    private final SigningKey key;
    private final Optional<PublicSigningKey> former;
    private final List<ChainBreak> breaks = new ArrayList<>();
    private boolean keepsLast;

    /** @param last the key that signed last; empty if none has */
    CheckpointPlan(ChainState state, SigningKey key, Optional<PublicSigningKey> last, ChainVerifier verifier) {
        this.writer = verifier.writer();
        this.state = state;
        this.key = key;
        this.former = last.filter(known -> !known.id().equals(key.id()));
        if (begins()) {
            // another store, or an attacker who made the rows look like those of before the chain
            last.ifPresent(known -> breaks.add(new ChainBreak(
                    Kind.CHECKPOINT_MISSING,
                    state.begin().id(),
                    "all checkpoints are gone, and the chain begins again behind row "
                            + state.begin().id())));
            checkRows(state.begin(), verifier);
            return;
        }
        if (!state.base().filter(this::isValid).isPresent()) {
            breaks.add(invalid(state.base(), state.begin().id()));
        }
        Optional<Checkpoint> head = state.newestHead().filter(this::isValid);
        if (head.isEmpty()) {
            breaks.add(invalid(state.newestHead(), state.newest().id()));
            keepsLast = true;
        }
        checkRows(head.map(Checkpoint::row).orElse(state.begin()), verifier);
    }

    private boolean begins() {
        return state.base().filter(base -> !base.isSigned()).isPresent()
                && state.heads().isEmpty();
    }

    private boolean isValid(Checkpoint checkpoint) {
        return checkpoint.isSignedBy(key.publicKey())
                || former.filter(checkpoint::isSignedBy).isPresent();
    }

    private void checkRows(ChainPosition from, ChainVerifier verifier) {
        verifier.since(state, from).ifPresent(found -> {
            breaks.add(found);
            keepsLast = true;
        });
    }

    Optional<ChainBreak> broken() {
        return breaks.stream().findFirst();
    }

    /**
     * The checkpoints to write; none if nothing is new.
     *
     * @param others the heads of the other chains
     */
    List<Checkpoint> checkpoints(Instant now, String others) {
        List<Checkpoint> made = new ArrayList<>();
        state.base()
                .filter(base -> begins() || isValid(base) && !base.keyId().equals(key.id()))
                .ifPresent(base -> made.add(Checkpoint.signed(writer, 0, Checkpoint.Kind.BASE, base.row(), now, key)));
        long number = state.newestHead().map(Checkpoint::number).orElse(1L);
        if (keepsLast && state.newestHead().isPresent()) {
            number++;
        }
        boolean isNew = keepsLast
                || state.newestHead()
                        .filter(head -> head.row().equals(state.newest())
                                && head.keyId().equals(key.id()))
                        .isEmpty();
        if (isNew) {
            made.add(Checkpoint.head(writer, number, state.newest(), now, key, others));
        }
        return made;
    }

    /** Writes them, unless the base was moved meanwhile. */
    void write(Handle handle, List<Checkpoint> checkpoints) {
        ChainTables chain = new ChainTables(handle, writer).locked();
        if (chain.state().base().equals(state.base())) {
            checkpoints.forEach(chain::put);
        }
    }

    private static ChainBreak invalid(Optional<Checkpoint> found, long row) {
        return found.isEmpty()
                ? new ChainBreak(Kind.CHECKPOINT_MISSING, row, "a checkpoint of the audit trail was deleted")
                : new ChainBreak(
                        Kind.CHECKPOINT_INVALID,
                        found.get().row().id(),
                        "the checkpoint at row " + found.get().row().id()
                                + " is not signed with the key of the audit trail");
    }
}
