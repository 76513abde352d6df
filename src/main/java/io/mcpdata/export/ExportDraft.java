package io.mcpdata.export;

import io.mcpdata.config.OwnerFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An export that is being written, row by row and in flat memory. Its file is removed on closing, unless the export was
 * finished before. Belongs to one thread.
 */
public final class ExportDraft implements AutoCloseable {

    /** What stays free on the disk for the store and the audit trail, which are beside the exports. */
    static final long RESERVE = 256L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final int CHECKED_EVERY = 8 * 1024 * 1024;

    /** Makes the export of a finished file. */
    interface Finishing {
        Export finish(ExportDraft draft);
    }

    private final Path file;
    private final int partBytes;
    private final Finishing finishing;
    private final Runnable ended;
    private final OutputStream out;
    private final List<Long> parts = new ArrayList<>(List.of(0L));
    private long bytes;
    private long checkedAt;
    private long rows;
    private boolean finished;

    /**
     * @param partBytes the bytes of a part, if no row is longer
     * @param ended runs when nothing is written any more
     */
    ExportDraft(Path file, int partBytes, Finishing finishing, Runnable ended) throws IOException {
        this.file = file;
        this.partBytes = partBytes;
        this.finishing = finishing;
        this.ended = ended;
        checkDisk();
        OwnerFiles.create(file);
        this.out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), BUFFER);
    }

    /** What stands before the first row. */
    public void head(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One row with its line end. */
    public void row(byte[] line) {
        if (rows > 0 && bytes + line.length - parts.get(parts.size() - 1) > partBytes) {
            parts.add(bytes);
        }
        write(line);
        rows++;
    }

    private void write(byte[] text) {
        try {
            if (bytes - checkedAt >= CHECKED_EVERY) {
                checkDisk();
                checkedAt = bytes;
            }
            out.write(text);
            bytes += text.length;
        } catch (IOException e) {
            throw Exports.unwritable(e);
        }
    }

    private void checkDisk() throws IOException {
        if (Files.getFileStore(file.getParent()).getUsableSpace() < RESERVE) {
            throw new IOException("less than " + RESERVE + " bytes are free");
        }
    }

    public long bytes() {
        return bytes;
    }

    public long rows() {
        return rows;
    }

    List<Long> parts() {
        return parts;
    }

    Path file() {
        return file;
    }

    /** The export; from now on its owner can read it. */
    public Export finish() {
        try {
            out.close();
        } catch (IOException e) {
            throw Exports.unwritable(e);
        }
        Export export = finishing.finish(this);
        finished = true;
        return export;
    }

    @Override
    public void close() {
        try {
            if (!finished) {
                try {
                    out.close();
                } catch (IOException e) {
                    Exports.LOG.log(System.Logger.Level.DEBUG, "an export could not be closed", e);
                }
                Exports.remove(file);
            }
        } finally {
            ended.run();
        }
    }
}
