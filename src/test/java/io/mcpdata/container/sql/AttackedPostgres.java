package io.mcpdata.container.sql;

import io.mcpdata.testing.Attack;
import io.mcpdata.testing.LocalPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** PostgreSQL with a superuser, and with the extensions that read files, connect elsewhere and run texts as statements. */
final class AttackedPostgres implements AttackedDatabase {

    /** What a statement could change, in one text. */
    private static final String STATE = """
            SELECT (SELECT COALESCE(string_agg(id || note, ',' ORDER BY id), 'nothing') FROM canary) || ' sequence '
              || (SELECT last_value::text || is_called FROM canary_sequence) || ' objects '
              || (SELECT count(*) FROM pg_class WHERE relpersistence = 'p') || ' ' || (SELECT count(*) FROM pg_proc)
              || ' roles ' || (SELECT count(*) FROM pg_roles) || ' large objects '
              || (SELECT count(*) FROM pg_largeobject_metadata) || ' configuration ' || pg_conf_load_time()
              || ' log ' || pg_walfile_name(pg_current_wal_lsn()) || ' slots '
              || (SELECT count(*) FROM pg_replication_slots) || ' advisory locks '
              || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') || ' statistics '
              || (SELECT reltuples FROM pg_class WHERE oid = 'canary'::regclass)""";

    private static final String RUNNING = """
            SELECT count(*) FROM pg_stat_activity WHERE usename = 'canaryadmin' AND state = 'active'""";

    private final EmbeddedPostgres server;
    private final Watch watch;
    private final int pid;

    AttackedPostgres(Map<String, String> values) throws IOException, SQLException {
        server = LocalPostgres.start();
        Connection owner = server.getPostgresDatabase().getConnection();
        watch = new Watch(owner, STATE);
        watch.run(Attack.setup(name(), values));
        watch.run(List.of("LISTEN canary"));
        pid = owner.unwrap(PGConnection.class).getBackendPID();
        watch.begin();
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres";
    }

    @Override
    public Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        values.put("pid", String.valueOf(pid));
        values.put("self", "host=127.0.0.1 port=" + server.getPort() + " user=" + ADMINISTRATOR + " dbname=postgres");
        return values;
    }

    @Override
    public List<String> changes() {
        List<String> changes = watch.changes();
        if (watch.notified()) {
            changes.add("sent a notification");
        }
        return changes;
    }

    @Override
    public void repair() {
        watch.repair();
    }

    @Override
    public String secretAsTheAccountReadsIt() {
        return watch.text("SELECT evil()");
    }

    @Override
    public boolean busy() {
        return watch.number(RUNNING) > 0;
    }

    @Override
    public void close() throws IOException, SQLException {
        watch.close();
        server.close();
    }
}
