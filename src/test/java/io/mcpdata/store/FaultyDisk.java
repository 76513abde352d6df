package io.mcpdata.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A file system for H2 whose disk fails on demand. It distinguishes forced pages from pages that were only written:
 * after a power cut the forced ones are there, and of the others any part, page by page and in any order. It can also
 * be full. Thread-safe.
 */
public final class FaultyDisk extends FilePathWrapper {

    /** What a test has switched on; one store at a time. */
    private static volatile @Nullable Disk disk;

    /** H2 creates instances by reflection. */
    public FaultyDisk() {}

    /** Starts with an empty disk; returns the prefix of a file's path for H2. */
    static String insert(Disk inserted) {
        FilePath.register(new FaultyDisk());
        disk = inserted;
        return "faulty:";
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        Disk present = disk;
        FileChannel base = super.open(mode);
        return present == null || !name.endsWith(".mv.db") ? base : new Recorded(base, present, mode.equals("rwd"));
    }

    /** What is on the disk, and what was written since it was last forced. */
    static final class Disk {

        private static final int PAGE = 4096;

        private record Write(long position, byte[] bytes) {}

        private byte[] forced = new byte[0];
        private final List<Write> unforced = new ArrayList<>();
        private boolean full;
        private long forces;

        synchronized void setFull(boolean isFull) {
            full = isFull;
        }

        synchronized long forces() {
            return forces;
        }

        /**
         * What a machine that crashes now finds at its next start; each page that was not forced is there or is not.
         */
        synchronized byte[] afterPowerCut(Random random) {
            int end = forced.length;
            double kept = random.nextInt(3) / 2.0;
            byte[] image = forced.clone();
            for (Write write : unforced) {
                if (write.bytes().length == 0) {
                    end = (int) write.position();
                    image = random.nextDouble() < kept ? Arrays.copyOf(image, end) : image;
                }
                for (int from = 0; from < write.bytes().length; from += PAGE) {
                    if (random.nextDouble() < kept) {
                        int length = Math.min(PAGE, write.bytes().length - from);
                        image = written(image, (int) write.position() + from, write.bytes(), from, length);
                    }
                }
            }
            return image;
        }

        private synchronized void write(long position, byte[] bytes) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            unforced.add(new Write(position, bytes));
        }

        private synchronized void force() {
            for (Write write : unforced) {
                forced = write.bytes().length == 0
                        ? Arrays.copyOf(forced, (int) write.position())
                        : written(forced, (int) write.position(), write.bytes(), 0, write.bytes().length);
            }
            unforced.clear();
            forces++;
        }

        private static byte[] written(byte[] image, int position, byte[] bytes, int from, int length) {
            byte[] large = position + length > image.length ? Arrays.copyOf(image, position + length) : image;
            System.arraycopy(bytes, from, large, position, length);
            return large;
        }
    }

    private static final class Recorded extends FileBaseDefault {

        private final FileChannel file;
        private final Disk disk;
        private final boolean forcing;

        Recorded(FileChannel file, Disk disk, boolean forcing) {
            this.file = file;
            this.disk = disk;
            this.forcing = forcing;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            byte[] bytes = new byte[from.remaining()];
            from.duplicate().get(bytes);
            if (bytes.length > 0) {
                disk.write(position, bytes);
            }
            int written = file.write(from, position);
            if (forcing) {
                disk.force();
            }
            return written;
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.write(size, new byte[0]);
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
            disk.force();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
