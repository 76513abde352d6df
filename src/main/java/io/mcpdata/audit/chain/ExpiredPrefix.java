package io.mcpdata.audit.chain;

import io.mcpdata.audit.chain.Checkpoint.Kind;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The oldest rows of the chain, up to the first one that is not expired. */
final class ExpiredPrefix {

    private ExpiredPrefix() {}

    /** Deletes it, and signs the row up to which the chain is gone. */
    static int delete(Handle handle, Instant before, int most, Instant now, SigningKey key) {
        Optional<ChainPosition> end = ChainTables.endOfExpired(handle, before, most);
        if (end.isEmpty()) {
            return 0;
        }
        ChainState state = ChainTables.state(handle);
        int deleted = ChainTables.deleteUpTo(handle, end.get().id());
        // rows that are older than the chain are before its base
        if (end.get().id() > state.begin().id()) {
            ChainTables.put(handle, Checkpoint.signed(0, Kind.BASE, end.get(), now, key));
            if (state.newestHead()
                    .filter(head -> head.row().id() >= end.get().id())
                    .isEmpty()) {
                long number = state.newestHead().map(Checkpoint::number).orElse(0L) + 1;
                ChainTables.put(handle, Checkpoint.signed(number, Kind.HEAD, end.get(), now, key));
            }
        }
        return deleted;
    }
}
