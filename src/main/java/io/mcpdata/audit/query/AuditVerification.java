package io.mcpdata.audit.query;

import io.mcpdata.audit.chain.AuditChain;
import io.mcpdata.audit.chain.ChainBreak;
import io.mcpdata.audit.chain.ChainPosition;
import io.mcpdata.audit.chain.ChainReads;
import io.mcpdata.audit.chain.RowsDeleted;
import io.mcpdata.audit.chain.SigningKeyUnavailable;
import io.mcpdata.audit.chain.Verification;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Verifies the chain of the audit trail while rows are written, for ten seconds at a time. Thread-safe. */
@ApplicationScoped
public class AuditVerification {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PlatformStore store;
    private final ReadPermits permits;
    private final AuditChain chain;

    @Inject
    public AuditVerification(PlatformStore store, ReadPermits permits, AuditChain chain) {
        this.store = store;
        this.permits = permits;
        this.chain = chain;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditVerification() {
        this.store = null;
        this.permits = null;
        this.chain = null;
    }

    /**
     * Verifies rows until a break, the newest row or the end of the time.
     *
     * @param from the last row that was verified before; empty to begin with the oldest row
     * @param expected a row that must be there
     * @throws AuditReadRefused if a row was deleted because of its age, the key is not available, or others read
     */
    public Verification verify(Optional<ChainPosition> from, Optional<ChainPosition> expected) {
        long end = System.nanoTime() + LONGEST.toNanos();
        try {
            return withLoss(chain.verifier(reads()).verify(from, expected, 0, () -> System.nanoTime() - end > 0));
        } catch (RowsDeleted e) {
            throw AuditReadRefused.forGood("Row " + e.row()
                    + " was deleted because of its age. Begin with the oldest row, or expect a newer row.");
        } catch (SigningKeyUnavailable e) {
            throw AuditReadRefused.forNow("The key of the audit trail is not available; the server's log says why.");
        }
    }

    /** Rows that the store lacked when it was opened may have been written again since, with the same numbers. */
    private Verification withLoss(Verification found) {
        return store.loss()
                .filter(lacking -> found.isVerified())
                .map(lacking -> found.broken(new ChainBreak(ChainBreak.Kind.ROWS_CUT_OFF, found.newest(), lacking)))
                .orElse(found);
    }

    private ChainReads reads() {
        return new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return permits.read(PATIENCE, () -> store.jdbi().inTransaction(statements::apply));
            }
        };
    }
}
