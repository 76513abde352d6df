package io.mcpdata.store;

import io.mcpdata.config.OwnerFiles;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Puts a {@link StoreBackup} into the place of the store of a stopped server. */
public final class StoreRestore {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** The first bytes of every database file of H2. */
    private static final byte[] HEAD = "H:2,".getBytes(StandardCharsets.US_ASCII);

    private StoreRestore() {}

    /**
     * Restores the copy. The store before it stays beside it under another name.
     *
     * @param now for that name
     * @return the store before it; empty if there was none
     * @throws StoreUnavailableException if the file is no copy of a store or is damaged, a server uses the store, or the
     *     disk does not take it; the store is unchanged then
     */
    public static Optional<Path> restore(Path backup, Path dataDirectory, Instant now) {
        try (ZipFile zip = open(backup);
                StoreDirectory directory = StoreDirectory.claim(dataDirectory)) {
            Path restored = directory.file().resolveSibling("platform.restored");
            try {
                extract(zip, restored);
                Optional<Path> replaced = Files.exists(directory.file())
                        ? Optional.of(Files.move(
                                directory.file(),
                                directory.file().resolveSibling("platform.replaced-" + TIME.format(now)),
                                StandardCopyOption.ATOMIC_MOVE))
                        : Optional.empty();
                Files.move(restored, directory.file(), StandardCopyOption.ATOMIC_MOVE);
                // without its mark the server does not report the rows that are missing
                Files.deleteIfExists(directory.mark());
                directory.forceNames();
                return replaced;
            } finally {
                Files.deleteIfExists(restored);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "the store under " + dataDirectory + " was not replaced: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the database of the copy to this path.
     *
     * @throws StoreUnavailableException if the file is no copy of a store, or is damaged
     */
    static void unpack(Path backup, Path to) throws IOException {
        try (ZipFile zip = open(backup)) {
            extract(zip, to);
        }
    }

    private static ZipFile open(Path backup) throws IOException {
        if (!Files.isRegularFile(backup)) {
            throw new StoreUnavailableException("there is no file " + backup.toAbsolutePath());
        }
        try {
            return new ZipFile(backup.toFile());
        } catch (ZipException e) {
            throw notABackup(backup.getFileName() + " is not a whole ZIP file", e);
        }
    }

    private static void extract(ZipFile zip, Path to) throws IOException {
        List<? extends ZipEntry> entries = zip.stream().toList();
        if (entries.size() != 1 || !entries.get(0).getName().equals("platform.mv.db")) {
            throw notABackup(
                    "found " + entries.stream().map(ZipEntry::getName).limit(3).toList() + " in it; expected"
                            + " platform.mv.db alone",
                    new ZipException("another content"));
        }
        Files.deleteIfExists(to);
        OwnerFiles.create(to);
        ZipEntry entry = entries.get(0);
        try (CheckedInputStream content = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
                FileChannel file = FileChannel.open(to, StandardOpenOption.WRITE)) {
            byte[] head = content.readNBytes(HEAD.length);
            if (!Arrays.equals(head, HEAD)) {
                throw notABackup("its platform.mv.db is not a database", new ZipException("another head"));
            }
            var out = Channels.newOutputStream(file);
            out.write(head);
            content.transferTo(out);
            // reading by a directory of the ZIP file, Java does not compare it
            if (content.getChecksum().getValue() != entry.getCrc()) {
                throw new ZipException("wrong checksum");
            }
            file.force(true);
        } catch (ZipException e) {
            throw notABackup("its content is damaged", e);
        }
    }

    private static StoreUnavailableException notABackup(String why, Throwable cause) {
        return new StoreUnavailableException("this is no backup of a store: " + why, cause);
    }
}
