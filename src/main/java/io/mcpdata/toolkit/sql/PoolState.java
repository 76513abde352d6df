package io.mcpdata.toolkit.sql;

/**
 * A pool of the platform at one moment.
 *
 * @param open connections to the database, in use or idle
 * @param size the most that there can be
 * @param waiting callers that wait for a connection
 */
record PoolState(int open, int size, int waiting) {}
