package io.mcpdata.audit.query;

import io.mcpdata.audit.chain.ChainReads;
import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Reads rows of the audit trail while others read and write. Every method throws {@link AuditReadRefused}, and {@link
 * io.mcpdata.store.StoreUnavailableException} if the store is not open. Thread-safe.
 */
@ApplicationScoped
public class AuditReader {

    /** How long the search for the rows of one page may take before the page ends where it is. */
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(4);

    private final PlatformStore store;
    private final ReadPermits permits;
    private final int rowsOfStatement;

    @Inject
    public AuditReader(PlatformStore store, ReadPermits permits) {
        this(store, permits, AuditSearch.ROWS_OF_STATEMENT);
    }

    AuditReader(PlatformStore store, ReadPermits permits, int rowsOfStatement) {
        this.store = store;
        this.permits = permits;
        this.rowsOfStatement = rowsOfStatement;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    AuditReader() {
        this.store = null;
        this.permits = null;
        this.rowsOfStatement = 0;
    }

    /** The number of the newest row; zero if there is none. */
    public long newest() {
        return store.jdbi().withHandle(AuditSearch::newest);
    }

    /** The number of the oldest row; empty if there is none. */
    public OptionalLong oldest() {
        return store.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT MIN(id) FROM audit_event")
                        .mapTo(Long.class)
                        .findOne())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /**
     * Rows in the order of their numbers. For one reader only that reads for all: it needs no permit, and never waits for
     * other readers.
     *
     * @param after the number of the row before the first
     * @param last the highest number
     */
    public List<AuditRow> following(long after, long last, int most) {
        String sql =
                "SELECT * FROM audit_event WHERE id > :after AND id <= :last ORDER BY id FETCH FIRST :most ROWS ONLY";
        return store.jdbi()
                .withHandle(handle -> handle.createQuery(sql)
                        .setQueryTimeout(ReadPermits.STATEMENT_SECONDS)
                        .bind("after", after)
                        .bind("last", last)
                        .bind("most", most)
                        .map(AuditSearch::row)
                        .list());
    }

    /** The same for any reader, which may have to wait for others. */
    public List<AuditRow> following(long after, long last, int most, Duration patience) {
        return permits.read(patience, () -> following(after, last, most));
    }

    /** The row with this number; empty if there is none. */
    public Optional<AuditRow> row(long id) {
        return store.jdbi().withHandle(handle -> AuditSearch.row(handle, id));
    }

    /**
     * A page of rows.
     *
     * @param newest the number of the newest row that may be in the page: rows that are written later are not
     * @param from the row before the first of this page; empty for the first page
     * @param limit how many rows at most
     * @param patience how long to wait for other readers
     */
    public AuditPage page(AuditFilter filter, long newest, Optional<AuditPosition> from, int limit, Duration patience) {
        return new AuditSearch(reads(patience), rowsOfStatement).page(filter, newest, from, limit, LONGEST_SEARCH);
    }

    private ChainReads reads(Duration patience) {
        return new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                return permits.read(patience, () -> store.jdbi().withHandle(statements::apply));
            }
        };
    }
}
