package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Reads the rows of one statement. Belongs to one call.
 *
 * @param <T> what the rows become
 */
interface RowReader<T> {

    /** How many rows it takes; the driver is asked for one more. */
    int maxRows();

    /** @param check throws when the result is no longer wanted */
    T read(ResultSet rows, Dialect dialect, Runnable check) throws SQLException;
}
