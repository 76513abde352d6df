package io.mcpdata.store;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.Configurable;

/** The statements that differ between the products. Immutable and thread-safe. */
public interface StoreDialect {

    /** @param database with a connection or without */
    static StoreDialect of(Configurable<?> database) {
        return database.getConfig(StoreDialects.class).dialect();
    }

    /** The name under which this server writes audit rows; empty if no other server writes any. */
    String writer();

    /** The pool of the database that servers share, for libraries that need one; empty if this server has it for itself. */
    Optional<DataSource> sharedPool();

    /**
     * Makes the transaction wait for others that change the chain of this writer. The writer is registered if it is not
     * yet.
     *
     * @return whether this transaction has registered it
     */
    boolean lockChain(Handle handle, String writer);

    /**
     * Numbers for new audit rows, in ascending order.
     *
     * @param newest the number of the newest row of this writer
     */
    List<Long> takeRowIds(Handle handle, long newest, int count);

    /** The number of the newest row before which no row can come any more; zero if there is none. */
    long newestRow(Handle handle);
}
