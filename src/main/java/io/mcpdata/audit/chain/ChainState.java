package io.mcpdata.audit.chain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the store knows of the chain at one time. Immutable.
 *
 * @param base empty if it was deleted
 * @param heads the later checkpoints, by number
 * @param newest the newest row; the base's without rows that follow it
 * @param oldest the number of the oldest row; empty without rows
 */
record ChainState(Optional<Checkpoint> base, List<Checkpoint> heads, ChainPosition newest, OptionalLong oldest) {

    /** Where the chain begins if the base was deleted. */
    private static final ChainPosition BEGIN = new ChainPosition(0, ChainPosition.NO_HASH);

    ChainState {
        heads = List.copyOf(heads);
    }

    /** The row before the first one of the chain. */
    ChainPosition begin() {
        return base.map(Checkpoint::row).orElse(BEGIN);
    }

    Optional<Checkpoint> newestHead() {
        return heads.isEmpty() ? Optional.empty() : Optional.of(heads.get(heads.size() - 1));
    }
}
