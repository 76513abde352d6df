package io.mcpdata.audit.chain;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the audit trail as a chain. Only this class adds and deletes rows, one transaction after the other. Each
 * transaction asks the database for the newest row: after an exception, memory could not tell whether the last
 * transaction was committed. Thread-safe.
 */
@ApplicationScoped
public class AuditChain {

    private final PlatformStore store;
    private final SigningKeys keys;
    private final Clock clock;
    private final ReentrantLock writing = new ReentrantLock(true);

    @Inject
    public AuditChain(PlatformStore store, ActiveConfiguration configuration) {
        this.store = store;
        this.keys = new SigningKeys(configuration);
        this.clock = Clock.systemUTC();
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditChain() {
        this.store = null;
        this.keys = null;
        this.clock = null;
    }

    /**
     * Adds rows, which are durable when this returns.
     *
     * @return the number of the first row; each following one has the next number
     */
    public long append(List<ChainRow> rows) {
        return change(handle -> {
            ChainPosition newest = ChainTables.newest(handle);
            ChainTables.append(handle, newest, rows);
            return newest.id() + 1;
        });
    }

    /**
     * Deletes the oldest rows up to the first one that is not expired, and moves the base of the chain behind them.
     *
     * @param most how many rows to delete at most
     * @return how many rows were deleted
     * @throws SigningKeyUnavailable if the base cannot be signed
     */
    public int deleteExpired(Instant before, int most) {
        SigningKey key = keys.current();
        return change(handle -> ExpiredPrefix.delete(handle, before, most, clock.instant(), key));
    }

    /**
     * Verifies the rows since the last checkpoint, and signs the newest one.
     *
     * @throws SigningKeyUnavailable if they cannot be signed
     */
    public ChainSigning sign() {
        SigningKey key = keys.current();
        Optional<PublicSigningKey> last = keys.last();
        Optional<PublicSigningKey> former = last.filter(known -> !known.id().equals(key.id()));
        ChainReads reads = reads();
        ChainState state = reads.read(ChainTables::state);
        CheckpointPlan plan = new CheckpointPlan(state, key, last, new ChainVerifier(reads, Optional.empty()));
        List<Checkpoint> made = plan.checkpoints(clock.instant());
        if (!made.isEmpty()) {
            change(handle -> {
                plan.write(handle, made);
                return made;
            });
        }
        if (last.isEmpty() || former.isPresent()) {
            keys.keep(key.publicKey());
        }
        return new ChainSigning(state.newest(), key.id(), plan.broken(), former.map(PublicSigningKey::id));
    }

    /** Verifies the chain with the key that signs it. */
    public ChainVerifier verifier(ChainReads reads) {
        return new ChainVerifier(reads, Optional.of(keys.current().publicKey()));
    }

    private ChainReads reads() {
        return new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return store.jdbi().inTransaction(statements::apply);
            }
        };
    }

    private <T> T change(Function<Handle, T> change) {
        writing.lock();
        try {
            return store.durably(change);
        } finally {
            writing.unlock();
        }
    }
}
