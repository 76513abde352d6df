package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;

/**
 * The caller for whom a connection is used. Thread-safe.
 *
 * @param identity the caller whose share of the connections is used; empty for the platform itself, which has no share
 */
record SqlCaller(String identity, Cancellation cancellation) {

    static SqlCaller platform(Cancellation cancellation) {
        return new SqlCaller("", cancellation);
    }
}
