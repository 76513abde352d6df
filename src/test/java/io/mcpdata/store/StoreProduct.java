package io.mcpdata.store;

/** The products that can be the platform store. */
public enum StoreProduct {
    H2,
    POSTGRESQL
}
