package io.mcpdata.store;

import java.nio.file.Path;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
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
    public <T> T durably(Function<Handle, T> change) {
        return database.durably(change);
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
