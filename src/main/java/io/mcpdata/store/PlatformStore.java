package io.mcpdata.store;

import org.jdbi.v3.core.Jdbi;

/** The platform's own database, migrated to the newest schema. Thread-safe. */
public interface PlatformStore {

    /**
     * @throws StoreUnavailableException if the database cannot be opened or migrated; the next call tries again
     */
    Jdbi jdbi();

    /** Whether the database answers, for readiness. Never throws, and never waits for long. */
    boolean available();
}
