package io.mcpdata.export;

import io.mcpdata.config.OwnerFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that only the server's user can read. Belongs to one thread. */
final class FileSink implements ExportSink {

    /** What stays free on the disk for the store and the audit trail, which are beside the exports. */
    static final long RESERVE = 256L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final int CHECKED_EVERY = 8 * 1024 * 1024;

    private final Path file;
    private final OutputStream out;
    private long sinceChecked;

    FileSink(Path file) throws IOException {
        this.file = file;
        checkDisk();
        OwnerFiles.create(file);
        this.out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE), BUFFER);
    }

    /** A finished file. */
    record Content(Path file) implements ExportContent {

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public byte[] part(int number, long begin, long end) throws IOException {
            byte[] text = new byte[Math.toIntExact(end - begin)];
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
                open.seek(begin);
                open.readFully(text);
            }
            return text;
        }
    }

    @Override
    public void write(byte[] text) throws IOException {
        if (sinceChecked >= CHECKED_EVERY) {
            checkDisk();
            sinceChecked = 0;
        }
        out.write(text);
        sinceChecked += text.length;
    }

    @Override
    public void nextPart() {
        // parts are places in the file
    }

    private void checkDisk() throws IOException {
        if (Files.getFileStore(file.getParent()).getUsableSpace() < RESERVE) {
            throw new IOException("less than " + RESERVE + " bytes are free");
        }
    }

    @Override
    public ExportContent finish() throws IOException {
        out.close();
        return new Content(file);
    }

    @Override
    public void discard() {
        try {
            out.close();
        } catch (IOException e) {
            Exports.LOG.log(System.Logger.Level.DEBUG, "an export could not be closed", e);
        }
        ExportDirectory.remove(file);
    }
}
