package io.mcpdata.store;

import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The platform's own database, migrated to the newest schema. Thread-safe. */
public interface PlatformStore {

    /**
     * @throws StoreUnavailableException if the database cannot be opened or migrated; the next call tries again
     */
    Jdbi jdbi();

    /**
     * Makes a change in one transaction. When this returns, the change survives a crash of the machine.
     *
     * @throws StoreUnavailableException if the database cannot be opened, or is no longer the one in the data
     *     directory; after this and every other exception the change may have been made or not
     */
    <T> T durably(Function<Handle, T> change);

    /** The rows that the store lacked at its opening, in plain words; empty if it lacked none. */
    default Optional<String> loss() {
        return Optional.empty();
    }

    /** Whether the database answers, for readiness. Never throws, and waits for a short time only. */
    boolean available();
}
