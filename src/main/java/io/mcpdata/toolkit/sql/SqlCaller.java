package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;

/**
 * For whom a connection is used. Thread-safe.
 *
 * @param identity whose share of the connections it takes; empty for the platform itself, which has no share
 */
record SqlCaller(String identity, Cancellation cancellation) {

    static SqlCaller platform(Cancellation cancellation) {
        return new SqlCaller("", cancellation);
    }
}
