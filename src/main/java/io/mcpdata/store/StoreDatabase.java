package io.mcpdata.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** An open and migrated database. Thread-safe. */
interface StoreDatabase extends AutoCloseable {

    Jdbi jdbi();

    /** See {@link PlatformStore#durably}. */
    <T> T durably(Function<Handle, T> change);

    /** Whether it answers and takes rows; may block, and throws what the database throws. */
    boolean answers();

    /** To be called at each use. */
    void used();

    /** Why this database can no longer be used, null while it can be used. */
    @Nullable
    StoreUnavailableException failure();

    /** Takes errors that did not come from a connection of the pool. */
    void suspect(Throwable error);

    /** How far the rows have progressed, as far as this server knows. */
    StoreMark reached();

    /**
     * Which rows are missing, in plain words.
     *
     * @param known what this server knows to have been stored
     */
    Optional<String> missing(StoreMark known);

    /**
     * @throws IOException if the copy cannot be written; nothing is left of it then
     * @throws StoreUnavailableException if this product has its own program for copies
     */
    StoreBackup backUp(Instant now) throws IOException;

    @Override
    void close();
}
