package io.mcpdata.audit.chain;

import io.mcpdata.audit.chain.Checkpoint.Kind;
import java.time.Instant;
import java.util.Optional;

/** The oldest rows of the chain, up to the first one that is not expired. */
final class ExpiredPrefix {

    private ExpiredPrefix() {}

    /** Deletes it, and signs the row up to which the chain is gone. */
    static int delete(ChainTables chain, Instant before, int most, Instant now, SigningKey key) {
        Optional<ChainPosition> end = chain.endOfExpired(before, most);
        if (end.isEmpty()) {
            return 0;
        }
        ChainState state = chain.state();
        int deleted = chain.deleteUpTo(end.get().id());
        // rows that are older than the chain are before its base
        if (end.get().id() > state.begin().id()) {
            chain.put(Checkpoint.signed(chain.writer(), 0, Kind.BASE, end.get(), now, key));
            if (state.newestHead()
                    .filter(head -> head.row().id() >= end.get().id())
                    .isEmpty()) {
                long number = state.newestHead().map(Checkpoint::number).orElse(0L) + 1;
                chain.put(Checkpoint.signed(chain.writer(), number, Kind.HEAD, end.get(), now, key));
            }
        }
        return deleted;
    }
}
