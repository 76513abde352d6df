package io.mcpdata.authentication.apikey;

import io.mcpdata.store.PlatformStore;
import io.mcpdata.store.StoreUnavailableException;
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

    private final Jdbi jdbi = Jdbi.create("jdbc:h2:mem:" + UUID.randomUUID());
    private final Handle keepsItOpen = jdbi.open();
    private boolean broken;

    InMemoryStore() {
        for (String script : List.of(
                "V1__audit_event.sql", "V2__audit_event_reading.sql", "V3__api_key.sql", "V5__caller_identity.sql")) {
            run(script);
        }
    }

    private void run(String name) {
        try (InputStream script = PlatformStore.class.getResourceAsStream(name)) {
            String statements = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            keepsItOpen.createScript(statements).execute();
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
        keepsItOpen.close();
    }
}
