package io.mcpdata.store;

/** Makes copies of the store while it is in use. Thread-safe. */
public interface StoreBackups {

    /**
     * Writes a copy into the directory {@code backups} of the data directory. Changes of the store continue meanwhile. When
     * this returns, the copy is on the disk.
     *
     * @throws StoreUnavailableException if the store is not open, another copy is being written, or the copy cannot be
     *     written; nothing is left of it then
     */
    StoreBackup backUp();
}
