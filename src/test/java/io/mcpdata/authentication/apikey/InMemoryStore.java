package io.mcpdata.authentication.apikey;

import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.PostgresServer;
import io.mcpdata.store.StoreProduct;
import io.mcpdata.store.StoreUnavailableException;
import io.mcpdata.store.TemporaryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The tables of keys in a database of the test's own, made by the migrations themselves. */
final class InMemoryStore implements PlatformStore, AutoCloseable {

    private final Jdbi jdbi;
    private final AutoCloseable keepsItOpen;
    private boolean broken;

    InMemoryStore() {
        this(StoreProduct.H2);
    }

    /** @param product with PostgreSQL, the tables are in a database of the test's server */
    InMemoryStore(StoreProduct product) {
        if (product == StoreProduct.POSTGRESQL) {
            TemporaryStore store = TemporaryStore.on(PostgresServer.newDatabase(), "one");
            jdbi = store.jdbi();
            keepsItOpen = store;
            return;
        }
        jdbi = Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID());
        Handle handle = jdbi.open();
        keepsItOpen = handle;
        for (String script : List.of(
                "V1__audit_event.sql", "V2__audit_event_reading.sql", "V3__api_key.sql", "V5__caller_identity.sql")) {
            run(handle, script);
        }
    }

    private static void run(Handle handle, String name) {
        try (InputStream script = PlatformStore.class.getResourceAsStream(name)) {
            String statements = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            handle.createScript(statements).execute();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void breakDown() {
        broken = true;
    }

    void comeBack() {
        broken = false;
    }

    @Override
    public Jdbi jdbi() {
        if (broken) {
            throw new StoreUnavailableException("broken");
        }
        return jdbi;
    }

    @Override
    public <T> T durably(Function<Handle, T> change) {
        return jdbi().inTransaction(change::apply);
    }

    @Override
    public boolean available() {
        return !broken;
    }

    @Override
    public void close() {
        try {
            keepsItOpen.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
