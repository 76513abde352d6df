package io.mcpdata.audit.chain;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreDialect;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The rows of the audit trail as a chain for each server that writes. Only this class adds and deletes rows, one
 * transaction of a chain after the other. Each transaction asks the database for the newest row: after an exception, memory could not tell whether the last
 * transaction was committed. Thread-safe.
 */
@ApplicationScoped
public class AuditChain {

    /** A server that is up signs each minute. */
    private static final Duration OVERDUE = Duration.ofMinutes(3);

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
     * Adds rows to the chain of this server. They are durable when this returns.
     *
     * @return the number of the last row; the rows before it have lower ones
     */
    public long append(List<ChainRow> rows) {
        return change(handle -> {
            ChainTables chain = locked(ChainTables.own(handle));
            List<Long> numbers = chain.append(chain.newest(), rows);
            return numbers.get(numbers.size() - 1);
        });
    }

    /**
     * Deletes the oldest rows of each chain up to the first one that is not expired, and moves its base behind them.
     *
     * @param most how many rows to delete at most
     * @return how many rows were deleted
     * @throws SigningKeyUnavailable if the base cannot be signed
     */
    public int deleteExpired(Instant before, int most) {
        SigningKey key = keys.current();
        int deleted = 0;
        for (String writer : reads().read(ChainTables::writers)) {
            int left = most - deleted;
            if (left > 0) {
                deleted += change(handle -> ExpiredPrefix.delete(
                        new ChainTables(handle, writer).locked(), before, left, clock.instant(), key));
            }
        }
        return deleted;
    }

    /**
     * Verifies the rows of this server since the last checkpoint, and signs the newest one. Does the same for chains whose
     * servers have not done it for some minutes.
     *
     * @throws SigningKeyUnavailable if they cannot be signed
     */
    public ChainSigning sign() {
        SigningKey key = keys.current();
        Optional<PublicSigningKey> last = keys.last();
        Optional<PublicSigningKey> former = last.filter(known -> !known.id().equals(key.id()));
        ChainReads reads = reads();
        String own = reads.read(handle -> StoreDialect.of(handle).writer());
        ChainState state = stateOf(own, reads);
        Optional<ChainBreak> broken = sign(own, state, key, last);
        for (String other : reads.read(ChainTables::writers)) {
            ChainState quiet = reads.read(handle -> new ChainTables(handle, other).state());
            if (!other.equals(own) && (isOverdue(quiet) || isOf(former, quiet))) {
                broken = broken.or(() -> sign(other, quiet, key, last));
            }
        }
        if (last.isEmpty() || former.isPresent()) {
            keys.keep(key.publicKey());
        }
        return new ChainSigning(state.newest(), key.id(), broken, former.map(PublicSigningKey::id));
    }

    private Optional<ChainBreak> sign(
            String writer, ChainState state, SigningKey key, Optional<PublicSigningKey> last) {
        CheckpointPlan plan =
                new CheckpointPlan(state, key, last, new ChainVerifier(reads(), Optional.empty(), writer));
        String others = writer.isEmpty() ? "" : OtherChains.headsBut(writer, reads(), key.publicKey());
        List<Checkpoint> made = plan.checkpoints(clock.instant(), others);
        if (!made.isEmpty()) {
            change(handle -> {
                plan.write(handle, made);
                return made;
            });
        }
        return plan.broken();
    }

    /** A server that shares the store registers its chain with the first change. */
    private ChainState stateOf(String writer, ChainReads reads) {
        ChainState state = reads.read(handle -> new ChainTables(handle, writer).state());
        return writer.isEmpty() || state.base().isPresent()
                ? state
                : change(handle -> locked(new ChainTables(handle, writer)).state());
    }

    /**
     * Signs the begin of a chain with its registration, so that the trail is whole at any time while a server joins. A
     * server that has signed before does not: its chain was deleted, and {@link #sign} reports that.
     */
    private ChainTables locked(ChainTables chain) {
        if (chain.lock() && keys.isConfigured() && keys.last().isEmpty()) {
            ChainPosition begin = chain.newest();
            Instant now = clock.instant();
            chain.put(Checkpoint.signed(chain.writer(), 0, Checkpoint.Kind.BASE, begin, now, keys.current()));
            chain.put(Checkpoint.signed(chain.writer(), 1, Checkpoint.Kind.HEAD, begin, now, keys.current()));
        }
        return chain;
    }

    /** Servers that are gone cannot replace the signatures of a former key. */
    private static boolean isOf(Optional<PublicSigningKey> former, ChainState state) {
        return former.filter(key -> state.newestHead()
                        .filter(head -> head.keyId().equals(key.id()))
                        .isPresent())
                .isPresent();
    }

    private boolean isOverdue(ChainState state) {
        return state.newestHead()
                .or(state::base)
                .filter(last -> !last.row().equals(state.newest()))
                .filter(last -> last.madeAt().isBefore(clock.instant().minus(OVERDUE)))
                .isPresent();
    }

    /** Verifies the chains with the key that signs them. */
    public TrailVerifier verifier(ChainReads reads) {
        return new TrailVerifier(reads, Optional.of(keys.current().publicKey()));
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
