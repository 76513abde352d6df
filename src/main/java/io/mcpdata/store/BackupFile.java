package io.mcpdata.store;

import io.mcpdata.config.OwnerFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/** One copy of the store that is being written, first under another name. One thread uses it. */
final class BackupFile {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
    private static final String NEWEST_ROW = "SELECT COALESCE(MAX(id), 0) FROM audit_event";
    private static final int LONGEST_SECONDS = 3_600;

    private final Path unfinished;
    private final Path whole;

    private BackupFile(Path folder, String name) {
        this.unfinished = folder.resolve(name + ".unfinished");
        this.whole = folder.resolve(name);
    }

    static BackupFile in(Path folder, Instant now) {
        return new BackupFile(folder, "store-" + TIME.format(now) + ".zip");
    }

    /** @throws IOException if it cannot be written; nothing is left of it then */
    StoreBackup write(Jdbi jdbi) throws IOException {
        try {
            OwnerFiles.create(unfinished);
            long newest = jdbi.withHandle(handle -> {
                long row = handle.createQuery(NEWEST_ROW).mapTo(Long.class).one();
                copy(handle);
                return row;
            });
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            String digest = digest(unfinished);
            Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            return new StoreBackup(whole, Files.size(whole), digest, newest);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** H2 copies its file as it was when this began, and writes no page of that state meanwhile. */
    private void copy(Handle handle) {
        handle.getConfig(SqlStatements.class).setQueryTimeout(LONGEST_SECONDS);
        handle.execute("BACKUP TO '" + unfinished.toString().replace("'", "''") + "'");
    }

    private static String digest(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file);
                DigestInputStream read = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            read.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(read.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
