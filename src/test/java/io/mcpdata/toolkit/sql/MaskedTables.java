package io.mcpdata.toolkit.sql;

import io.mcpdata.config.CatalogConfig;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.MaskConfig;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.config.RestrictionsConfig;
import io.mcpdata.config.RowFilterConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.catalog.OwnWords;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A caller on one database who gets masked values of {@code customers} and {@code contacts}, and rows of one region. */
final class MaskedTables implements AutoCloseable {

    /** Each is a part of a masked value, or of every hidden row. */
    static final List<String> CANARIES = List.of("canary", "HIDDEN", "4711", "9123", "1933", "ZULU");

    /** What a caller who guesses writes, and a wrong guess. */
    static final Map<String, List<String>> GUESSES = Map.of(
            "{name}", List.of("BOB-HIDDEN", "ZED-HIDDEN"),
            "{email}", List.of("ann@canary.example", "zed@canary.example"),
            "{salary}", List.of("91234", "91239"),
            "{score}", List.of("777", "778"),
            "{born}", List.of("1933-03-03", "1933-03-04"),
            "{iban}", List.of("DE00canary4444", "DE00canary5555"));

    private static final String RULES = """
            personas:
              clerk:
                roles: [clerk]
                tools: {allow: ["*"]}
                connections: {allow: ["*"]}
                masks:
                  - {columns: "db/sales.customers.email", show: hash}
                  - {columns: "db/sales.customers.phone", show: last4}
                  - {columns: ["db/sales.customers.salary", "db/sales.customers.born"], show: nothing}
                  - {columns: "db/*.customers.note", text: "(it's hidden)"}
                  - {columns: "*/*.*.iban", show: last4}
                filters:
                  - tables: "db/*.customers"
                    where: "UPPER(LOWER(UPPER(region))) IN (:regions)"
                    values: {regions: "claim:regions"}
                  - {tables: "db/sales.customers", where: "id > 0 AND (1 = 1)"}
            connections:
              db: {url: "jdbc:h2:mem:rules"}
            """;

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final SqlThreads threads = SqlThreads.of(Thread::new);
    private final ConnectionConfig config;
    private final Connections connections;
    private final SqlQueries all;
    private final SqlQueries queries;

    MaskedTables(String url) {
        config = InMemoryConfiguration.connection("db", url, Duration.ofSeconds(20));
        connections = new Connections(InMemoryConfiguration.of(config), Runnable::run, threads.aborting());
        all = new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, threads));
        queries = with(Map.of("regions", List.of("EU", "MARS")));
    }

    /** The same for a caller with other claims. */
    SqlQueries with(Map<String, List<String>> claims) {
        TableFilter filter = filter();
        return all.by(
                new CallerFacts("clerk", "clerk", "clerk", List.of(), path -> claims.getOrDefault(path, List.of())),
                connection -> filter);
    }

    private static TableFilter filter() {
        RestrictionsConfig restrictions = new PlatformConfigReader(name -> Optional.empty())
                .read("platform.yaml", RULES)
                .config()
                .orElseThrow()
                .personas()
                .get(0)
                .restrictions();
        return new TableFilter() {
            @Override
            public boolean isOn() {
                return restrictions.anyOf("db");
            }

            @Override
            public boolean restricts() {
                return restrictions.anyOf("db");
            }

            @Override
            public Optional<String> hiddenBy(String schema, String table) {
                return Optional.empty();
            }

            @Override
            public Optional<MaskConfig> mask(TableName table, String column) {
                return restrictions.mask("db", table.schema(), table.name(), column);
            }

            @Override
            public List<RowFilterConfig> rowFilters(TableName table) {
                return restrictions.filters("db", table.schema(), table.name());
            }
        };
    }

    /** The answer to the caller: the result or the error. */
    String ask(String sql) {
        return ask(queries, sql);
    }

    /** The answer to a caller without masks and filters. */
    String askOpenly(String sql) {
        return ask(all, sql);
    }

    String ask(SqlQueries by, String sql) {
        try {
            return "rows "
                    + Json.write(run(by, new SqlStatement(sql, List.of())).getJsonArray("rows"));
        } catch (ToolException e) {
            return e.getMessage();
        }
    }

    String askWith(String sql, List<JsonValue> values) {
        try {
            return "rows " + Json.write(run(new SqlStatement(sql, values)).getJsonArray("rows"));
        } catch (ToolException e) {
            return e.getMessage();
        }
    }

    JsonObject run(SqlStatement statement) {
        return run(queries, statement);
    }

    private JsonObject run(SqlQueries by, SqlStatement statement) {
        return by.query(config, statement, 100, 100_000, new Cancellation());
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

    /** What the tools besides {@code sql_query} tell of a table: description with values of rows, and figures. */
    String described(String name) {
        Cancellation cancellation = new Cancellation();
        DatabaseProfile profile = connections.profile(config, new SqlCaller(CallerFacts.NONE, cancellation));
        OwnWords none = new OwnWords(CatalogConfig.NONE, (connection, schema, table) -> true);
        JsonObject description = queries.schema(
                config,
                cancellation,
                schema -> new TableDescription("db", none).of(schema, new TableLookup(schema).find("", name)));
        return Json.write(new SampleValues(queries, config, profile, cancellation).in(description, 20))
                + Json.write(ProfileTool.figures(queries, config, profile, name, List.of(), cancellation));
    }

    /** Whether an answer shows a masked value or hidden row, or differs between a right and a wrong guess. */
    boolean tells(String statement) {
        String right = answer(statement, 0);
        boolean guesses = statement.contains("{");
        return CANARIES.stream().anyMatch((guesses ? right : right + explain(statement))::contains)
                || (guesses && !right.equals(answer(statement, 1)));
    }

    private String answer(String statement, int guess) {
        String sql = statement;
        for (Map.Entry<String, List<String>> guesses : GUESSES.entrySet()) {
            sql = sql.replace(guesses.getKey(), guesses.getValue().get(guess));
        }
        String answer = ask(sql);
        for (Map.Entry<String, List<String>> guesses : GUESSES.entrySet()) {
            answer = answer.replace(guesses.getValue().get(guess), "GUESS");
        }
        return answer;
    }

    @Override
    public void close() {
        connections.close();
        threads.close();
        scheduler.shutdownNow();
    }
}
