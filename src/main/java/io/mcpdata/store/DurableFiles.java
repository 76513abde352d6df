package io.mcpdata.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * H2's files, each write on the disk before the next begins. H2 itself forces its file on {@code CHECKPOINT SYNC} alone and
 * writes in the background between two of them; when those writes reached the disk in another order, a power cut cost rows
 * that had been forced before. Thread-safe.
 */
public final class DurableFiles extends FilePathWrapper {

    private static final String SCHEME = "durable";

    /** H2 makes one for each path. */
    public DurableFiles() {}

    /** What stands before the path of a file in a database URL. */
    static String prefix() {
        FilePath.register(new DurableFiles());
        return SCHEME + ":";
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return super.open(mode.equals("rw") ? "rwd" : mode);
    }
}
