package io.mcpdata.store;

import java.nio.file.Path;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The real store in a test's own directory, or in a database of its own. */
public final class TemporaryStore implements PlatformStore, AutoCloseable {

    private final StoreDatabase database;

    private TemporaryStore(StoreDatabase database) {
        this.database = database;
    }

    public TemporaryStore(Path directory) {
        this(EmbeddedDatabase.open(directory));
    }

    /** @param directory for a product that has its files there */
    public static TemporaryStore of(StoreProduct product, Path directory) {
        return switch (product) {
            case H2 -> new TemporaryStore(directory);
            case POSTGRESQL -> on(PostgresServer.newDatabase(), "one");
        };
    }

    /** A server of this name on a database that it may share with others. */
    public static TemporaryStore on(PostgresServer.Database database, String instance) {
        return at(database.url(), instance);
    }

    /** A server of this name on a database of PostgreSQL. */
    static TemporaryStore at(String url, String instance) {
        return new TemporaryStore(PostgresDatabase.open(PostgresServer.config(url, instance)));
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
        return database.answers();
    }

    @Override
    public void close() {
        database.close();
    }
}
