package io.mcpdata.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * H2's files, where each write reaches the disk before the next begins. H2 itself forces its file on {@code CHECKPOINT
 * SYNC} only and writes in the background in between. When those writes reached the disk in another order, a power cut
 * lost rows that had been forced before. Thread-safe.
 */
public final class DurableFiles extends FilePathWrapper {

    private static final String SCHEME = "durable";

    /** H2 creates one for each path. */
    public DurableFiles() {}

    /** The prefix of a file's path in a database URL. */
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
