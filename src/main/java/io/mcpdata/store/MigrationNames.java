package io.mcpdata.store;

import java.util.List;

/**
 * The migrations, oldest first; without Flyway, which the command line does not have. A version that both products have has
 * the same columns in both.
 */
final class MigrationNames {

    /** Of the embedded database. */
    static final List<String> EMBEDDED = List.of(
            "V1__audit_event.sql",
            "V2__audit_event_reading.sql",
            "V3__api_key.sql",
            "V4__fewer_audit_indexes.sql",
            "V5__caller_identity.sql",
            "V6__audit_chain.sql",
            "V7__audit_trace.sql");

    static final List<String> POSTGRESQL = List.of("V7__platform_store.sql", "V8__shared_state.sql");

    private MigrationNames() {}

    /** The version of the tables of an embedded store. */
    static String newestVersion() {
        return String.valueOf(version(EMBEDDED));
    }

    /** The version of the last of these scripts. */
    static int version(List<String> scripts) {
        String name = scripts.get(scripts.size() - 1);
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
}
