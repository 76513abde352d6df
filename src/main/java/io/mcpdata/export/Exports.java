package io.mcpdata.export;

import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.servers.SharedExports;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The exports of all callers: files in the directory {@code exports} of the data directory, known to this server process
 * only, or parts in the store that servers share. An export no longer exists when it has expired, or when its connection
 * or its owner's persona is configured in another way than when its rows were read. Thread-safe.
 */
@ApplicationScoped
public class Exports {

    static final Logger LOG = System.getLogger(Exports.class.getName());

    private static final Duration CLEANED_EVERY = Duration.ofSeconds(5);
    private static final int PART_BYTES = 512 * 1024;

    private final ActiveConfiguration configuration;
    private final Clock clock;
    private final Map<String, Export> exports = new ConcurrentHashMap<>();
    private final Map<String, Object> basis = new ConcurrentHashMap<>();
    private final Map<String, Integer> drafts = new HashMap<>();
    private final ExportDirectory directory;
    private final Optional<SharedExports> shared;
    private final Optional<StoredExports> stored;

    @Inject
    Exports(ActiveConfiguration configuration, SharedExports shared, PeriodicTasks tasks) {
        this(configuration, Clock.systemUTC(), Optional.of(shared));
        tasks.every(CLEANED_EVERY, this::clean);
    }

    /** Without a timer of its own: expired files stay until the next export. */
    public Exports(ActiveConfiguration configuration, Clock clock) {
        this(configuration, clock, Optional.empty());
    }

    private Exports(ActiveConfiguration configuration, Clock clock, Optional<SharedExports> shared) {
        this.directory = new ExportDirectory(configuration);
        this.shared = shared;
        this.stored = shared.map(exports -> new StoredExports(configuration, exports));
        this.configuration = configuration;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    Exports() {
        this.configuration = null;
        this.clock = null;
        this.directory = null;
        this.shared = null;
        this.stored = null;
    }

    /**
     * Begins an export, which the caller closes.
     *
     * @param limits of the caller
     * @throws ExportRefused if the caller has as many as it may have, or the disk takes none
     */
    public ExportDraft begin(
            ExportOwner owner, ConnectionConfig connection, String name, ExportFormat format, LimitsConfig limits) {
        Optional<StoredExports> all = stored();
        return all.isPresent()
                ? begin(all.get(), owner, connection, name, format, limits)
                : beginHere(owner, connection, name, format, limits);
    }

    /** Empty if the exports are files of this server. */
    private Optional<StoredExports> stored() {
        return shared.filter(SharedExports::areShared).isPresent() ? stored : Optional.empty();
    }

    private ExportDraft begin(
            StoredExports all,
            ExportOwner owner,
            ConnectionConfig connection,
            String name,
            ExportFormat format,
            LimitsConfig limits) {
        String id = UUID.randomUUID().toString();
        String read = all.basis(owner, connection.name());
        try {
            ExportSink sink = all.begin(id, owner, connection, limits.exportsPerCaller());
            ExportDraft.Finishing finishing = (draft, content) ->
                    all.finish(export(id, owner, connection, name, format, limits, draft, content), read);
            return new ExportDraft(sink, partBytes(), finishing, () -> {});
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private ExportDraft beginHere(
            ExportOwner owner, ConnectionConfig connection, String name, ExportFormat format, LimitsConfig limits) {
        clean();
        Object read = basisOf(owner, connection.name());
        take(owner, limits.exportsPerCaller());
        try {
            String id = UUID.randomUUID().toString();
            ExportDraft.Finishing finishing = (draft, content) -> {
                Export export = export(id, owner, connection, name, format, limits, draft, content);
                basis.put(id, read);
                exports.put(id, export);
                return export;
            };
            return new ExportDraft(directory.file(id), partBytes(), finishing, () -> giveBack(owner));
        } catch (IOException e) {
            giveBack(owner);
            throw unwritable(e);
        } catch (RuntimeException e) {
            giveBack(owner);
            throw e;
        }
    }

    private Export export(
            String id,
            ExportOwner owner,
            ConnectionConfig connection,
            String name,
            ExportFormat format,
            LimitsConfig limits,
            ExportDraft draft,
            ExportContent content) {
        Instant expires = clock.instant().plus(limits.exportLifetime());
        return new Export(
                id, owner, name, format, connection, content, draft.rows(), draft.bytes(), draft.parts(), expires);
    }

    private int partBytes() {
        return Math.min(PART_BYTES, configuration.config().limits().resultBytes() / 2);
    }

    /** The export, if it exists for this owner now. */
    public Optional<Export> find(ExportOwner owner, String id) {
        if (stored().isPresent()) {
            return stored().get().find(owner, id);
        }
        return Optional.ofNullable(exports.get(id))
                .filter(export -> export.owner().equals(owner))
                .filter(this::isCurrent);
    }

    /** The connection whose rows the export has; empty if there is none. */
    public Optional<String> connection(String id) {
        if (stored().isPresent()) {
            return stored().get().connection(id);
        }
        return Optional.ofNullable(exports.get(id))
                .map(export -> export.connection().name());
    }

    /** Whether there was such an export of this owner. */
    public boolean delete(ExportOwner owner, String id) {
        Optional<Export> found = find(owner, id);
        found.ifPresent(export -> stored().ifPresentOrElse(all -> all.delete(id), () -> drop(export)));
        return found.isPresent();
    }

    /** Removes what no longer exists for its owner. */
    void clean() {
        stored().ifPresent(StoredExports::clean);
        exports.values().stream().filter(export -> !isCurrent(export)).forEach(this::drop);
    }

    @PreDestroy
    void close() {
        exports.values().forEach(this::drop);
    }

    private boolean isCurrent(Export export) {
        return clock.instant().isBefore(export.expires())
                && basisOf(export.owner(), export.connection().name()).equals(basis.get(export.id()));
    }

    private Object basisOf(ExportOwner owner, String connection) {
        return basisOf(configuration.config(), owner, connection);
    }

    /** What decides on the rows that the owner may read. */
    static List<Object> basisOf(PlatformConfig config, ExportOwner owner, String connection) {
        return List.of(
                config.connections().stream()
                        .filter(one -> one.name().equals(connection))
                        .toList(),
                config.personas().stream()
                        .filter(one -> one.name().equals(owner.persona()))
                        .toList());
    }

    private void drop(Export export) {
        exports.remove(export.id());
        basis.remove(export.id());
        if (export.content() instanceof FileSink.Content content) {
            ExportDirectory.remove(content.file());
        }
    }

    static ExportRefused unwritable(IOException e) {
        LOG.log(Level.ERROR, "an export could not be written to the data directory", e);
        return new ExportRefused(
                "export_failed",
                "The export could not be written: the disk of the server is full or refuses it. Nothing of it was kept."
                        + " Tell the operator of this server: its log says why.",
                e);
    }

    private synchronized void take(ExportOwner owner, int most) {
        long finished = exports.values().stream()
                .filter(export -> export.owner().identity().equals(owner.identity()))
                .count();
        int writing = drafts.getOrDefault(owner.identity(), 0);
        if (finished + writing >= most) {
            Optional<Instant> next = exports.values().stream()
                    .filter(export -> export.owner().identity().equals(owner.identity()))
                    .map(Export::expires)
                    .min(Instant::compareTo);
            throw tooMany(finished + writing, most, next);
        }
        drafts.merge(owner.identity(), 1, Integer::sum);
    }

    static ExportRefused tooMany(long present, int most, Optional<Instant> next) {
        return new ExportRefused(
                "export_limit",
                "You have " + present + " exports, and may have " + most + " at once. "
                        + next.map(time -> "The next one expires at " + time + ". ")
                                .orElse("")
                        + "DELETE /api/v1/exports/ID removes one earlier.");
    }

    private synchronized void giveBack(ExportOwner owner) {
        drafts.computeIfPresent(owner.identity(), (identity, count) -> count == 1 ? null : count - 1);
    }
}
