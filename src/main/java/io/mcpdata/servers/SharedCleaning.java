package io.mcpdata.servers;

import io.mcpdata.store.PlatformStore;
import java.util.List;

/**
 * Removes what servers with one store no longer need of each other, in small transactions: one server at a time, and a few
 * exports each, because an export has many parts.
 */
final class SharedCleaning {

    private static final String ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(27749, 1)";

    /** A server that was silent for so long has lost its database, at least. */
    private static final String RUNS = "EXISTS (SELECT 1 FROM platform_server AS s WHERE s.name = server"
            + " AND s.start = %s.start AND s.seen_at > clock_timestamp() - INTERVAL '5 minutes')";

    private static final List<String> STATEMENTS = List.of(
            // kept for a day, so that an operator finds it in the database
            "DELETE FROM platform_server WHERE seen_at < clock_timestamp() - INTERVAL '1 day'",
            "DELETE FROM task WHERE id IN (SELECT id FROM task WHERE created_at < clock_timestamp() - INTERVAL '1 hour'"
                    + " AND (ended OR NOT " + RUNS.formatted("task") + ") LIMIT 1000)",
            "DELETE FROM export WHERE id IN (SELECT id FROM export WHERE expires_at < clock_timestamp()"
                    + " OR expires_at IS NULL AND begun_at < clock_timestamp() - INTERVAL '5 minutes' AND NOT "
                    + RUNS.formatted("export") + " LIMIT 3)",
            "DELETE FROM caller_rate WHERE id IN (SELECT id FROM caller_rate"
                    + " WHERE expires_at < EXTRACT(EPOCH FROM clock_timestamp()) * 1000 LIMIT 10000)");

    private SharedCleaning() {}

    static void run(PlatformStore store) {
        STATEMENTS.forEach(statement -> store.durably(handle ->
                handle.createQuery(ONE_AT_A_TIME).mapTo(Boolean.class).one() ? handle.execute(statement) : 0));
    }
}
