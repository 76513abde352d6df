package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PlatformConfigReader;
import io.mcpdata.config.QueryConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.json.Json;
import io.mcpdata.testing.SettableConfiguration;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NamedQueryTest {

    private static final String URL = "jdbc:h2:mem:named;DB_CLOSE_DELAY=-1";

    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final SettableConfiguration configuration = new SettableConfiguration();
    private final Connections connections = new Connections(configuration, Runnable::run, Runnable::run);
    private final SqlQueries queries =
            new SqlQueries(connections, StatementTimeout.Threads.of(() -> scheduler, SqlThreads.of(Thread::new)));

    @AfterEach
    void close() {
        connections.close();
        scheduler.shutdownNow();
    }

    private QueryConfig query(String sql, String parameters) {
        PlatformConfig config = new PlatformConfigReader(name -> Optional.empty())
                .read("platform.yaml", """
                        connections: {w: {url: "%s", username: sa, allow_privileged_account: true}}
                        queries: {q: {description: d, connection: w, sql: "%s", parameters: {%s}}}
                        """.formatted(URL, sql, parameters))
                .config()
                .orElseThrow();
        configuration.set(config);
        return config.queries().get(0);
    }

    private static CallerFacts caller(String... texts) {
        return new CallerFacts("id", "tester", "clerk", List.of("a", "b"), path -> List.of(texts));
    }

    private String row(QueryConfig query, String arguments, CallerFacts caller) {
        SqlStatement statement = new NamedQueryValues(query, Json.readObject(arguments), caller).statement();
        return queries.query(connections.named("w"), statement, 10, 100_000, new Cancellation())
                .getJsonArray("rows")
                .toString();
    }

    @Test
    void nameOfEachToolOfThePlatformIsTaken() {
        SqlToolkit toolkit = new SqlToolkit(configuration, () -> scheduler, Executors.defaultThreadFactory());
        assertThat(toolkit.tools()).isNotEmpty().allSatisfy(tool -> {
            String name = tool.describe().name();
            assertThat(new PlatformConfigReader(variable -> Optional.empty())
                            .read("platform.yaml", """
                                    connections: {w: {demo: retail}}
                                    queries: {%s: {description: d, connection: w, sql: SELECT 1}}
                                    """.formatted(name))
                            .errors()
                            .toString())
                    .contains("queries." + name, "the name of a tool of the platform");
        });
    }

    @Test
    void valuesAreBoundInTheOrderOfTheNamesAndWithTheirTypes() {
        QueryConfig query = query(
                "SELECT :s, CAST(:i AS INT) + :i, :n, :b, DATEADD(DAY, 1, CAST(:d AS DATE)), :t, CASE WHEN :o IS NULL THEN 'none' END",
                "s: , i: {type: integer}, n: {type: number, default: 1.5}, b: {type: boolean}, d: {type: date}, t: {type:"
                        + " timestamp}, o: {type: date, required: false}");
        assertThat(row(
                        query,
                        "{\"s\":\"x' OR 1=1 --\",\"i\":2,\"b\":true,\"d\":\"2026-01-31\",\"t\":\"2026-03-29T02:30:00\"}",
                        caller()))
                .isEqualTo("[[\"x' OR 1=1 --\",4,1.5,true,\"2026-02-01\",\"2026-03-29T02:30:00\",\"none\"]]");
    }

    @Test
    void factsOfTheCallerAreBoundAndAnArgumentDoesNotReplaceThem() {
        QueryConfig query = query(
                "SELECT :c, :n, :p, :i",
                "c: {from: 'claim:a.b', type: integer}, n: {from: name}, p: {from: persona}, i: {from: identity}");
        assertThat(row(query, "{\"c\": 1, \"n\": \"other\"}", caller("7")))
                .isEqualTo("[[7,\"tester\",\"clerk\",\"id\"]]");
        assertThat(NamedQuerySchema.of(query).getJsonObject("properties")).isEmpty();
    }

    @Test
    void callerWithoutTheOneFactIsRefused() {
        QueryConfig query = query("SELECT :c", "c: {from: 'claim:region', type: integer}");
        for (CallerFacts caller : List.of(caller(), caller("1", "2"), caller("canary"), caller(" "))) {
            assertThatThrownBy(() -> row(query, "{}", caller)).isInstanceOfSatisfying(ToolException.class, e -> {
                assertThat(e.category()).isEqualTo("identity_missing");
                assertThat(e.getMessage()).contains("claim:region").doesNotContain("canary");
            });
        }
    }

    @Test
    void errorOfTheDatabaseDoesNotRepeatAClaim() {
        QueryConfig query = query("SELECT CAST(:c AS INT)", "c: {from: 'claim:region'}");
        NamedQueryValues values = new NamedQueryValues(query, JsonValue.EMPTY_JSON_OBJECT, caller("canary"));
        ToolException error = values.withoutClaims(new ToolException("sql_error", "cannot convert canary"));
        assertThat(error.getMessage()).isEqualTo("cannot convert [claim]");
        assertThat(error.category()).isEqualTo("sql_error");
    }

    @Test
    void dateOutOfRangeNamesParameterAndExpectation() {
        QueryConfig query = query("SELECT :d", "d: {type: date, minimum: 2026-01-01}");
        for (String date : List.of("2025-12-31", "2026-02-30", "yesterday")) {
            assertThatThrownBy(() -> row(query, "{\"d\":\"" + date + "\"}", caller()))
                    .hasMessage(
                            "Invalid arguments: arguments.d must be a date such as 2026-01-31, at least 2026-01-01");
        }
    }

    @Test
    void schemaHasTypesRangesValuesAndDefaults() {
        QueryConfig query = query(
                "SELECT :i, :s, :d",
                "i: {type: integer, minimum: 1, maximum: 9, description: number}, s: {values: [a, b], default: a,"
                        + " max_length: 2}, d: {type: date, required: false}");
        assertThat(NamedQuerySchema.of(query)).isEqualTo(Json.readObject("""
                {"type": "object",
                 "properties": {
                   "i": {"type": "integer", "description": "number", "minimum": 1, "maximum": 9},
                   "s": {"type": "string", "maxLength": 2, "enum": ["a", "b"], "default": "a"},
                   "d": {"type": "string", "description": "(a date such as 2026-01-31)"}},
                 "required": ["i"],
                 "additionalProperties": false}
                """));
    }

    @Test
    void queryThatCannotRunIsFoundOnItsDatabase() {
        NamedQueryCheck check = new NamedQueryCheck(connections, queries);
        assertThat(check.problem(query("SELECT :x", "x: "))).isEmpty();
        assertThat(check.problem(query("SELECT * FROM absent WHERE a = :x", "x: ")))
                .hasValueSatisfying(problem -> assertThat(problem).containsIgnoringCase("absent"));
        assertThat(check.problem(query("DELETE FROM t WHERE a = :x", "x: ")))
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("Statement refused: "));
        assertThat(check.problem(query("SELECT /* /* */ :x */ 1", "x: ")))
                .hasValueSatisfying(problem -> assertThat(problem).contains("0 parameters; expected 1"));
    }

    @Test
    void queryOfTheDemoRuns() {
        PlatformConfig demo = new PlatformConfigReader(
                        name -> Optional.of(name.equals("DATA_DIR") ? "/data" : name + "-0123456789-0123456789"))
                .read(Path.of("demo", "platform.yaml"))
                .config()
                .orElseThrow();
        configuration.set(demo);
        QueryConfig query = demo.queries().get(0);
        assertThat(new NamedQueryCheck(connections, queries).problem(query)).isEmpty();
        for (String arguments : List.of("{\"customer\": 1}", "{\"customer\": 1, \"since\": \"2020-01-01\"}")) {
            SqlStatement statement = new NamedQueryValues(query, Json.readObject(arguments), caller()).statement();
            assertThat(queries.query(connections.named("warehouse"), statement, 10, 100_000, new Cancellation())
                            .getInt("rowCount"))
                    .isPositive();
        }
    }

    @Test
    void sectionKnowsTheToolsOfThePlatform() {
        query("SELECT 1", "");
        SqlToolkit toolkit = new SqlToolkit(configuration, () -> scheduler, Thread::new);
        List<String> names = toolkit.tools().stream()
                .map(ToolHandler::describe)
                .map(tool -> tool.name())
                .toList();
        assertThat(names).hasSize(10).endsWith("q");
        for (String name : names.subList(0, 9)) {
            assertThat(new PlatformConfigReader(variable -> Optional.empty())
                            .read(
                                    "platform.yaml",
                                    "connections: {w: {demo: retail}}\nqueries: {" + name
                                            + ": {description: d, connection: w, sql: SELECT 1}}")
                            .errors())
                    .singleElement()
                    .asString()
                    .contains("the name of a tool of the platform");
        }
        toolkit.close();
    }
}
