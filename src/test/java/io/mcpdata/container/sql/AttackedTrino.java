package io.mcpdata.container.sql;

import io.mcpdata.testing.Attack;
import io.mcpdata.testing.TrinoServer;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Trino with an account that may do everything, in a catalog that keeps its tables in memory. */
final class AttackedTrino implements AttackedDatabase {

    private static final String PLACE = "/hive/shop";

    private static final String STATE = """
            SELECT (SELECT array_join(array_agg(CAST(id AS varchar) || note ORDER BY id), ',') FROM canary)
              || (SELECT ' tables ' || array_join(array_agg(table_schema || '.' || table_name ORDER BY table_schema, table_name), ',')
                  FROM information_schema.tables WHERE table_schema <> 'information_schema')
              || (SELECT ' schemas ' || CAST(count(*) AS varchar) FROM information_schema.schemata)
              || (SELECT ' comment ' || coalesce(max(comment), '') FROM system.metadata.table_comments
                  WHERE catalog_name = 'hive' AND schema_name = 'shop' AND table_name = 'canary')""";

    private static final Pattern OF_THE_PLATFORM =
            Pattern.compile("START TRANSACTION .*READ ONLY|ROLLBACK|SHOW FUNCTIONS", Pattern.DOTALL);

    private final TrinoServer server;
    private final Set<String> seen = new HashSet<>();
    private final Watch watch;

    /** @param secret what the list of running statements shows to an account that may do everything */
    AttackedTrino(TrinoServer server, String secret) throws SQLException {
        this.server = server;
        this.watch = new Watch(server.owner(PLACE), STATE);
        watch.run(List.of("CREATE SCHEMA IF NOT EXISTS hive.shop"));
        watch.run(Attack.setup(name(), Map.of("secret", secret)));
        watch.begin();
    }

    @Override
    public String name() {
        return "trino";
    }

    @Override
    public String url() {
        return server.url(PLACE);
    }

    @Override
    public Map<String, String> values() {
        return Map.of();
    }

    /** A look at the state takes a second, so there is one only if a statement reached the cluster since the last. */
    @Override
    public List<String> changes() {
        List<TrinoServer.Query> since = server.queries("").stream()
                .filter(query -> seen.add(query.id()))
                .filter(query -> !query.sql().equals(STATE)
                        && !OF_THE_PLATFORM.matcher(query.sql()).matches())
                .toList();
        return since.isEmpty() ? List.of() : watch.changes();
    }

    @Override
    public void repair() {
        try {
            watch.run(Attack.setup(name(), Map.of("secret", "none")));
            watch.begin();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String secretAsTheAccountReadsIt() {
        return watch.text("SELECT query FROM system.runtime.queries WHERE query LIKE 'SELECT ''canary-%'");
    }

    @Override
    public boolean busy() {
        return server.queries("").stream()
                .anyMatch(query -> query.runs() && query.user().equals(ADMINISTRATOR));
    }

    @Override
    public void close() throws SQLException {
        watch.close();
    }
}
