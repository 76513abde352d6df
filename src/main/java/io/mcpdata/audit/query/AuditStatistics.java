package io.mcpdata.audit.query;

import io.mcpdata.audit.chain.ChainReads;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Counts calls and refusals over time, and measures calls, while others read and write. Thread-safe. */
@ApplicationScoped
public class AuditStatistics {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final PlatformStore store;
    private final ReadPermits permits;
    private final int mostRows;
    private final int rowsOfStatement;

    @Inject
    public AuditStatistics(PlatformStore store, ReadPermits permits) {
        this(store, permits, AuditCounts.MOST_ROWS, AuditSearch.ROWS_OF_STATEMENT);
    }

    AuditStatistics(PlatformStore store, ReadPermits permits, int mostRows, int rowsOfStatement) {
        this.store = store;
        this.permits = permits;
        this.mostRows = mostRows;
        this.rowsOfStatement = rowsOfStatement;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditStatistics() {
        this.store = null;
        this.permits = null;
        this.mostRows = 0;
        this.rowsOfStatement = 0;
    }

    /**
     * The figures, oldest first; an interval or a group without rows has none.
     *
     * @throws AuditReadRefused if the filter's times have too many rows, there are too many groups or figures, or it
     *     takes too long
     */
    public List<AuditFigures> of(AuditFilter filter, AuditInterval interval, Optional<AuditGroup> by) {
        return new AuditCounts(reads(), mostRows, rowsOfStatement).of(filter, interval, by, LONGEST);
    }

    private ChainReads reads() {
        return new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return permits.read(PATIENCE, () -> store.jdbi().withHandle(statements::apply));
            }
        };
    }
}
