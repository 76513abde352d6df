package io.mcpdata.store;

import java.nio.file.Path;

/**
 * A copy of the store, made while it is in use. Immutable.
 *
 * @param file a ZIP file with the database, which only the server's user can read
 * @param bytes its size
 * @param sha256 its digest in hexadecimal
 * @param newestRow the number of an audit row: this one and all older ones are in the copy
 */
public record StoreBackup(Path file, long bytes, String sha256, long newestRow) {}
