package io.mcpdata.servers;

import io.mcpdata.store.PlatformStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Exports in the store that servers share, in parts. Their content is encrypted. Thread-safe. */
@ApplicationScoped
public class SharedExports {

    /**
     * A finished export.
     *
     * @param description what {@link #finish} was given
     */
    public record Found(String connection, String description) {}

    /**
     * The exports that a caller has, when it may have no other one.
     *
     * @param next when the first of them expires; empty while they are being written
     */
    public record Full(int count, Optional<Instant> next) {}

    private final SharedServers servers;
    private final SharedCipher cipher;

    @Inject
    SharedExports(SharedServers servers) {
        this.servers = servers;
        this.cipher = new SharedCipher(servers);
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    SharedExports() {
        this.servers = null;
        this.cipher = null;
    }

    /** Whether other servers give out the exports of this one. */
    public boolean areShared() {
        return servers.isShared();
    }

    /** Equal on servers where these parts of the configuration are the same. */
    public String digestOf(Object parts) {
        return HexFormat.of().formatHex(servers.digestOf(parts));
    }

    /** Begins an export, unless the caller has as many as it may have on all servers. */
    public Optional<Full> begin(String id, String identity, String connection, int most) {
        return store().durably(handle -> {
            // two servers must not count at once
            handle.createQuery("SELECT pg_advisory_xact_lock(27748, hashtext(:identity))")
                    .bind("identity", identity)
                    .mapToMap()
                    .list();
            Optional<Full> full = full(handle, identity, most);
            if (full.isEmpty()) {
                handle.createUpdate("INSERT INTO export (id, identity, server, start, connection)"
                                + " VALUES (:id, :identity, :server, :start, :connection)")
                        .bind("id", id)
                        .bind("identity", identity)
                        .bind("server", servers.name())
                        .bind("start", servers.start())
                        .bind("connection", connection)
                        .execute();
            }
            return full;
        });
    }

    private static Optional<Full> full(Handle handle, String identity, int most) {
        List<Optional<Instant>> ends = handle.createQuery("SELECT expires_at FROM export"
                        + " WHERE identity = :identity AND (expires_at IS NULL OR expires_at > clock_timestamp())")
                .bind("identity", identity)
                .map((row, context) -> Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant))
                .list();
        return ends.size() < most
                ? Optional.empty()
                : Optional.of(new Full(
                        ends.size(), ends.stream().flatMap(Optional::stream).min(Instant::compareTo)));
    }

    /** @param number from 1 on */
    public void write(String id, int number, byte[] part) {
        store().durably(handle -> handle.createUpdate(
                        "INSERT INTO export_part (export_id, number, content) VALUES (:id, :number, :content)")
                .bind("id", id)
                .bind("number", number)
                .bind("content", cipher.encrypt(part, place(id, number)))
                .execute());
    }

    /** @throws IllegalStateException if the export was removed meanwhile */
    public void finish(String id, Instant expires, String description) {
        int changed = store().durably(handle -> handle.createUpdate(
                        "UPDATE export SET expires_at = :expires, description = :description WHERE id = :id")
                .bind("id", id)
                .bind("expires", expires.atOffset(ZoneOffset.UTC))
                .bind("description", cipher.encrypt(description.getBytes(StandardCharsets.UTF_8), place(id, 0)))
                .execute());
        if (changed == 0) {
            throw new IllegalStateException("the export was removed while it was written");
        }
    }

    private record Stored(String connection, byte[] description) {}

    /** The finished export; empty if there is none, or it has expired. */
    public Optional<Found> find(String id) {
        Optional<Stored> stored = store().durably(handle -> handle.createQuery(
                        "SELECT connection, description FROM export WHERE id = :id AND expires_at > clock_timestamp()")
                .bind("id", id)
                .map((row, context) -> new Stored(row.getString("connection"), row.getBytes("description")))
                .findOne());
        return stored.flatMap(found -> cipher.tryDecrypt(found.description(), place(id, 0))
                .map(description -> new Found(found.connection(), description)));
    }

    /** The content of a part; empty if the export has no such part, or was removed. */
    public Optional<byte[]> read(String id, int number) {
        return store().durably(handle -> handle.createQuery(
                        "SELECT content FROM export_part WHERE export_id = :id AND number = :number")
                .bind("id", id)
                .bind("number", number)
                .mapTo(byte[].class)
                .findOne()
                .map(content -> cipher.decrypt(content, place(id, number))));
    }

    public void delete(String id) {
        store().durably(handle -> handle.createUpdate("DELETE FROM export WHERE id = :id")
                .bind("id", id)
                .execute());
    }

    private static String place(String id, int number) {
        return "export " + id + " " + number;
    }

    private PlatformStore store() {
        return servers.sharedStore().orElseThrow(IllegalStateException::new);
    }
}
