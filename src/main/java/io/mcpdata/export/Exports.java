package io.mcpdata.export;

import io.mcpdata.background.PeriodicTasks;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.config.OwnerFiles;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
 * only. Files of an earlier process are removed before the first export. An export no longer exists when it has expired,
 * or when its connection or its owner's persona is configured in another way than when its rows were read. Thread-safe.
 */
@ApplicationScoped
public class Exports {

    static final Logger LOG = System.getLogger(Exports.class.getName());

    private static final Duration CLEANED_EVERY = Duration.ofSeconds(5);
    private static final int PART_BYTES = 512 * 1024;
    private static final String ENDING = ".export";

    private final ActiveConfiguration configuration;
    private final Clock clock;
    private final Map<String, Export> exports = new ConcurrentHashMap<>();
    private final Map<String, Object> basis = new ConcurrentHashMap<>();
    private final Map<String, Integer> drafts = new HashMap<>();
    private boolean prepared;

    @Inject
    Exports(ActiveConfiguration configuration, PeriodicTasks tasks) {
        this(configuration, Clock.systemUTC());
        tasks.every(CLEANED_EVERY, this::clean);
    }

    /** Without a timer of its own: expired files stay until the next export. */
    public Exports(ActiveConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    Exports() {
        this(null, Clock.systemUTC());
    }

    /**
     * Begins an export, which the caller closes.
     *
     * @param limits of the caller
     * @throws ExportRefused if the caller has as many as it may have, or the disk takes none
     */
    public ExportDraft begin(
            ExportOwner owner, ConnectionConfig connection, String name, ExportFormat format, LimitsConfig limits) {
        clean();
        Object read = basisOf(owner, connection.name());
        take(owner, limits.exportsPerCaller());
        try {
            String id = UUID.randomUUID().toString();
            int partBytes = Math.min(PART_BYTES, configuration.config().limits().resultBytes() / 2);
            return new ExportDraft(
                    directory().resolve(id + ENDING),
                    partBytes,
                    draft -> {
                        Instant expires = clock.instant().plus(limits.exportLifetime());
                        Export export = new Export(
                                id,
                                owner,
                                name,
                                format,
                                connection,
                                draft.file(),
                                draft.rows(),
                                draft.bytes(),
                                draft.parts(),
                                expires);
                        basis.put(id, read);
                        exports.put(id, export);
                        return export;
                    },
                    () -> giveBack(owner));
        } catch (IOException e) {
            giveBack(owner);
            throw unwritable(e);
        } catch (RuntimeException e) {
            giveBack(owner);
            throw e;
        }
    }

    /** The export, if it exists for this owner now. */
    public Optional<Export> find(ExportOwner owner, String id) {
        return Optional.ofNullable(exports.get(id))
                .filter(export -> export.owner().equals(owner))
                .filter(this::isCurrent);
    }

    /** The connection whose rows the export has; empty if there is none. */
    public Optional<String> connection(String id) {
        return Optional.ofNullable(exports.get(id))
                .map(export -> export.connection().name());
    }

    /** Whether there was such an export of this owner. */
    public boolean delete(ExportOwner owner, String id) {
        Optional<Export> found = find(owner, id);
        found.ifPresent(this::drop);
        return found.isPresent();
    }

    /** Removes what no longer exists for its owner. */
    void clean() {
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

    /** What decides on the rows that the owner may read. */
    private Object basisOf(ExportOwner owner, String connection) {
        var config = configuration.config();
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
        remove(export.file());
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the file of an export could not be removed: " + file, e);
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
            throw new ExportRefused(
                    "export_limit",
                    "You have " + (finished + writing) + " exports, and may have " + most + " at once. "
                            + next.map(time -> "The next one expires at " + time + ". ")
                                    .orElse("")
                            + "DELETE /api/v1/exports/ID removes one earlier.");
        }
        drafts.merge(owner.identity(), 1, Integer::sum);
    }

    private synchronized void giveBack(ExportOwner owner) {
        drafts.computeIfPresent(owner.identity(), (identity, count) -> count == 1 ? null : count - 1);
    }

    /** The directory of this process, without the files of an earlier one. */
    private synchronized Path directory() throws IOException {
        Path data =
                configuration.config().server().dataDirectory().toAbsolutePath().normalize();
        Path directory = data.resolve("exports");
        Files.createDirectories(data, OwnerFiles.directory(data));
        if (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory, OwnerFiles.directory(directory));
        }
        if (Files.isSymbolicLink(directory)) {
            throw new IOException(directory + " is a symbolic link; expected a directory in the data directory itself");
        }
        OwnerFiles.closeDirectory(directory);
        if (!prepared) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + ENDING)) {
                left.forEach(Exports::remove);
            }
            prepared = true;
        }
        return directory;
    }
}
