package io.mcpdata.stdio;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.mcpdata.audit.chain.ChainPosition;
import io.mcpdata.audit.chain.ChainReads;
import io.mcpdata.audit.chain.ChainVerifier;
import io.mcpdata.audit.chain.PublicSigningKey;
import io.mcpdata.audit.chain.RowsDeleted;
import io.mcpdata.audit.query.AuditCounts;
import io.mcpdata.audit.query.AuditCsv;
import io.mcpdata.audit.query.AuditFilter;
import io.mcpdata.audit.query.AuditGroup;
import io.mcpdata.audit.query.AuditInterval;
import io.mcpdata.audit.query.AuditPage;
import io.mcpdata.audit.query.AuditPosition;
import io.mcpdata.audit.query.AuditReadRefused;
import io.mcpdata.audit.query.AuditRow;
import io.mcpdata.audit.query.AuditSearch;
import io.mcpdata.store.ReadOnlyStore;
import io.mcpdata.store.StoreUnavailableException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Reads the store of a stopped server, or a backup. */
final class StoredAudit implements AuditTrail {

    private static final Duration LONGEST_SEARCH = Duration.ofHours(1);
    private static final int EXPORTED_AT_ONCE = 1_000;
    private static final int LONGEST_KEY = 4_096;

    private final ReadOnlyStore store;
    private final Optional<Path> publicKey;
    private final Clock clock;
    private final ChainReads reads;

    private StoredAudit(Supplier<ReadOnlyStore> opening, Optional<Path> publicKey, Clock clock) {
        try {
            this.store = opening.get();
        } catch (StoreUnavailableException e) {
            throw new CommandFailed(e.getMessage());
        }
        this.publicKey = publicKey;
        this.clock = clock;
        Jdbi jdbi = store.jdbi();
        this.reads = new ChainReads() {
            @Override
            public <T> T read(Function<Handle, T> statements) {
                try {
                    return jdbi.withHandle(statements::apply);
                } catch (JdbiException e) {
                    throw new CommandFailed("the store cannot be read to its end: it is damaged");
                }
            }
        };
    }

    static StoredAudit ofDirectory(Path dataDirectory, Optional<Path> publicKey, Clock clock) {
        return new StoredAudit(
                () -> ReadOnlyStore.ofDirectory(dataDirectory),
                publicKey.or(() -> Optional.of(dataDirectory.resolve("audit-signing.pub"))),
                clock);
    }

    static StoredAudit ofBackup(Path backup, Optional<Path> publicKey, Clock clock) {
        return new StoredAudit(() -> ReadOnlyStore.ofBackup(backup), publicKey, clock);
    }

    @Override
    public JsonObject list(Map<String, String> parameters) {
        StoredAuditParameters asked = new StoredAuditParameters(parameters, clock.instant());
        AuditSearch search = new AuditSearch(reads);
        AuditPage page = search.page(asked.filter(), search.newest(), asked.cursor(), asked.limit(), LONGEST_SEARCH);
        JsonArray rows = new JsonArray();
        page.rows().forEach(row -> rows.add(Json.object(row.members())));
        JsonObject answer = new JsonObject();
        answer.add("rows", rows);
        answer.addProperty(
                "next_cursor", page.next().map(StoredAuditParameters::cursorOf).orElse(null));
        return answer;
    }

    @Override
    public JsonObject row(long id) {
        return new AuditSearch(reads)
                .row(id)
                .map(row -> Json.object(row.members()))
                .orElseThrow(() ->
                        new CommandFailed("there is no audit row " + id + ", or it was deleted because of its age"));
    }

    @Override
    public JsonObject stats(Map<String, String> parameters) {
        StoredAuditParameters asked = new StoredAuditParameters(parameters, clock.instant());
        AuditInterval interval = asked.interval();
        AuditFilter filter = asked.countedFilter(interval);
        Optional<AuditGroup> by = asked.by();
        JsonArray figures = new JsonArray();
        try {
            new AuditCounts(reads)
                    .of(filter, interval, by, LONGEST_SEARCH)
                    .forEach(one -> figures.add(Json.object(one.members(by))));
        } catch (AuditReadRefused e) {
            throw new CommandFailed(e.getMessage());
        }
        JsonObject answer = new JsonObject();
        filter.since().ifPresent(time -> answer.addProperty("since", time.toString()));
        filter.until().ifPresent(time -> answer.addProperty("until", time.toString()));
        answer.addProperty("interval", interval.label());
        by.ifPresent(group -> answer.addProperty("by", group.label()));
        answer.add("figures", figures);
        return answer;
    }

    @Override
    public void export(Map<String, String> parameters, OutputStream out) throws IOException {
        AuditFilter filter = new StoredAuditParameters(parameters, clock.instant()).filter();
        boolean csv = "csv".equals(parameters.get("format"));
        AuditSearch search = new AuditSearch(reads);
        long newest = search.newest();
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write(csv ? AuditCsv.HEAD : "");
        Optional<AuditPosition> at = Optional.empty();
        do {
            AuditPage page = search.page(filter, newest, at, EXPORTED_AT_ONCE, LONGEST_SEARCH);
            for (AuditRow row : page.rows()) {
                writer.write(csv ? AuditCsv.line(row) : Json.compact(Json.object(row.members())) + "\n");
            }
            at = page.next();
        } while (at.isPresent());
        writer.flush();
    }

    @Override
    public JsonObject verify(Map<String, String> parameters) {
        PublicSigningKey key = key();
        Optional<ChainPosition> expected =
                Optional.ofNullable(parameters.get("expect")).map(StoredAudit::position);
        try {
            return StoredVerificationJson.of(new ChainVerifier(reads, Optional.of(key))
                    .verify(Optional.empty(), expected, store.recordedRow(), () -> false));
        } catch (RowsDeleted e) {
            throw new CommandFailed("row " + e.row() + " was deleted because of its age; expect a newer row");
        }
    }

    ReadOnlyStore store() {
        return store;
    }

    ChainReads reads() {
        return reads;
    }

    private static ChainPosition position(String text) {
        try {
            return ChainPosition.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(
                    "--expect: expected the number of a row, a colon and its hash of 64 hexadecimal" + " digits");
        }
    }

    /** Without the key, rows that were written again with new hashes and checkpoints would be taken for good. */
    private PublicSigningKey key() {
        Path file = publicKey.orElseThrow(() -> CommandFailed.usage(
                "--backup: expected --public-key too, the audit-signing.pub of the server's data directory"));
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= LONGEST_KEY) {
                return PublicSigningKey.ofPem(Files.readString(file, StandardCharsets.US_ASCII));
            }
        } catch (IOException | IllegalArgumentException e) {
            // as if there was none
        }
        throw new CommandFailed("signatures cannot be verified: " + file.toAbsolutePath()
                + " is not there or no public Ed25519 key in PEM; name it with --public-key");
    }

    @Override
    public void close() {
        store.close();
    }
}
