package io.mcpdata.store;

import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/** The real store in a test's own directory. */
public final class TemporaryStore implements PlatformStore, AutoCloseable {

    private final EmbeddedDatabase database;

    public TemporaryStore(Path directory) {
        database = EmbeddedDatabase.open(directory);
    }

    @Override
    public Jdbi jdbi() {
        return database.jdbi();
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public void close() {
        database.close();
    }
}
