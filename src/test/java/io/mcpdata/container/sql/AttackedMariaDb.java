package io.mcpdata.container.sql;

import io.mcpdata.testing.Attack;
import io.mcpdata.testing.MariaDb;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** MariaDB with an account that has every privilege, including reading and writing files. */
final class AttackedMariaDb implements AttackedDatabase {

    private static final String STATE = """
            SELECT CONCAT((SELECT COALESCE(GROUP_CONCAT(CONCAT(id, note) ORDER BY id), 'nothing') FROM canary), ' sequence ',
              (SELECT next_not_cached_value FROM canary_sequence), ' tables ',
              (SELECT COUNT(*) FROM information_schema.tables), ' routines ',
              (SELECT COUNT(*) FROM information_schema.routines), ' accounts ', (SELECT COUNT(*) FROM mysql.global_priv),
              ' general log ', @@global.general_log, ' lock ', COALESCE(IS_USED_LOCK('canary'), 'none'))""";

    private static final String RUNNING = """
            SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'canaryadmin' AND command = 'Query'""";

    private final MariaDb server;
    private final Watch watch;
    private final long pid;

    AttackedMariaDb(Map<String, String> values) throws SQLException {
        server = MariaDb.start();
        server.createDatabase("shop");
        watch = new Watch(server.owner("shop"), STATE);
        watch.run(Attack.setup(name(), values));
        pid = watch.number("SELECT CONNECTION_ID()");
        watch.begin();
    }

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public String url() {
        return server.url("shop");
    }

    @Override
    public Map<String, String> values() {
        return Map.of("pid", String.valueOf(pid));
    }

    @Override
    public List<String> changes() {
        return watch.changes();
    }

    @Override
    public void repair() {
        watch.repair();
    }

    @Override
    public String secretAsTheAccountReadsIt() {
        return watch.text("SELECT evil(1)");
    }

    @Override
    public boolean busy() {
        return watch.number(RUNNING) > 0;
    }

    @Override
    public void close() throws SQLException {
        watch.close();
        server.close();
    }
}
