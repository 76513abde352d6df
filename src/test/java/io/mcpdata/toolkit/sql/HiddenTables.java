package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AccessDecision;
import io.mcpdata.persona.Persona;
import io.mcpdata.persona.PersonaDirectory;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A caller on one database for whom only tables of the schema {@code sales} exist, and of these not {@code bonuses}.
 * What it must not see are the tables {@code hr.salaries} and {@code sales.bonuses}, with a column and values of their
 * own.
 */
final class HiddenTables implements AutoCloseable {

    /** In every hidden row. */
    static final String VALUE = "TOP-4711";

    /** Of every hidden table. */
    static final String COLUMN = "secret_pay";

    private static final String RULES = """
            personas:
              clerk:
                roles: [clerk]
                tools: {allow: ["*"]}
                connections: {allow: ["*"]}
                tables: {allow: ["db/*"], deny: ["*/*.bonuses"]}
            connections:
              db:
                url: "jdbc:h2:mem:rules"
                schemas: {allow: [sales]}
            """;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final ConnectionConfig config;
    private final Connections connections;
    private final SqlQueries queries;

    HiddenTables(String url) {
        config = InMemoryConfiguration.connection("db", url, Duration.ofSeconds(20));
        connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, threads.aborting());
        TableFilter filter = filter();
        queries = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, threads))
                .by(new CallerFacts("clerk", "clerk", "clerk", List.of(), path -> List.of()), connection -> filter);
    }

    static TableFilter filter() {
        var read = new PlatformConfigReader(name -> Optional.empty())
                .read("platform.yaml", RULES)
                .config()
                .orElseThrow();
        Persona persona = new PersonaDirectory(read.personas())
                .personaFor(List.of("clerk"))
                .orElseThrow();
        ConnectionConfig connection = read.connections().get(0);
        return new TableFilter() {
            @Override
            public boolean isOn() {
                return persona.limitsTables(connection);
            }

            @Override
            public Optional<String> hiddenBy(String schema, String table) {
                AccessDecision decision = persona.table(connection, schema, table);
                return decision.allowed() ? Optional.empty() : Optional.of(decision.rule());
            }
        };
    }

    SqlQueries queries() {
        return queries;
    }

    ConnectionConfig config() {
        return config;
    }

    /** The answer to the caller: the result or the error. */
    String ask(String sql) {
        try {
            return "rows " + Json.write(run(sql));
        } catch (ToolException e) {
            return e.getMessage();
        }
    }

    JsonObject run(String sql) {
        return queries.query(config, new SqlStatement(sql, List.of()), 100, 100_000, new Cancellation());
    }

    String explain(String sql) {
        try {
            return "plan "
                    + Json.write(
                            queries.explain(config, new SqlStatement(sql, List.of()), 100_000, new Cancellation()));
        } catch (ToolException e) {
            return e.getMessage();
        }
    }

    /** Whether a statement is run or explained, or an answer shows a hidden column that the statement does not name. */
    boolean reaches(String sql) {
        String answer = ask(sql);
        // what the guard refuses, it refuses for a plan too
        return shows(sql, answer) || (!answer.startsWith("Statement refused: ") && shows(sql, explain(sql)));
    }

    private static boolean shows(String sql, String answer) {
        boolean column = answer.toLowerCase(Locale.ROOT).contains(COLUMN)
                && !sql.toLowerCase(Locale.ROOT).contains(COLUMN);
        return answer.startsWith("rows") || answer.startsWith("plan") || answer.contains(VALUE) || column;
    }

    @Override
    public void close() {
        connections.close();
        threads.close();
        scheduler.shutdownNow();
    }
}
