package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.Cancellation;

/**
 * The caller for whom a connection is used. Thread-safe.
 *
 * @param facts about the caller whose share of the connections is used; the platform itself has no share
 */
record SqlCaller(CallerFacts facts, Cancellation cancellation) {

    static SqlCaller platform(Cancellation cancellation) {
        return new SqlCaller(CallerFacts.NONE, cancellation);
    }

    String identity() {
        return facts.identity();
    }
}
