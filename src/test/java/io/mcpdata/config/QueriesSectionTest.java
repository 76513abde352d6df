package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.QueryParameterConfig.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueriesSectionTest {

    private static final String FILE = "connections: {w: {demo: retail, max_rows: 50, timeout: 5s}}\nqueries:\n";

    @Test
    void everyKeyOfAQueryIsRead() {
        QueryConfig query = Reading.config(FILE + """
                  orders_of:
                    title: Orders
                    description: Orders of a customer
                    connection: w
                    sql: SELECT 1 FROM o WHERE a = :customer AND b = :region AND (:since IS NULL OR c > :since) AND d = :status
                    max_rows: 20
                    timeout: 2s
                    parameters:
                      customer: {type: integer, minimum: 1, maximum: 9, description: number}
                      region: {from: claim:region}
                      since: {type: date, required: false, minimum: 2020-01-01}
                      status: {values: [open, closed], default: open, max_length: 6}
                """).queries().get(0);
        assertThat(query.label()).isEqualTo("query orders_of");
        assertThat(query.maxRows()).contains(20);
        assertThat(query.timeout()).contains(Duration.ofSeconds(2));
        assertThat(query.text().names()).containsExactly("customer", "region", "since", "since", "status");
        QueryParameterConfig customer = query.parameter("customer");
        assertThat(customer.type()).isEqualTo(Type.INTEGER);
        assertThat(customer.required()).isTrue();
        assertThat(customer.expected()).isEqualTo("a whole number, at least 1, at most 9");
        assertThat(query.parameter("region").from()).contains(new IdentitySource(IdentitySource.Kind.CLAIM, "region"));
        assertThat(query.parameter("since").required()).isFalse();
        assertThat(query.parameter("status").standard()).contains("open");
        assertThat(query.parameter("status").required()).isFalse();
        assertThat(query.parameter("status").expected())
                .isEqualTo("a text of at most 6 characters, one of open, closed");
    }

    @Test
    void configurationIsToldWithoutTheSql() {
        assertThat(ConfigJson.of(Reading.config(FILE
                                + "  q: {description: d, connection: w, sql: 'SELECT :x', timeout: 1s,"
                                + " parameters: {x: {from: identity}}}"))
                        .build()
                        .getJsonArray("queries")
                        .toString())
                .contains("\"timeout_ms\":1000", "\"from\":\"identity\"")
                .doesNotContain("SELECT");
    }

    /** The table of cases would need quotes in quotes. */
    private static String unquoted(String message) {
        return message.replace("\"", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            q      | connection: v, sql: SELECT 1                    | q.connection: found v; expected one of the connections of this file
            q      | connection: w                                   | q.sql: found nothing; expected one SELECT of 1 to 32768 characters, with :name for each parameter
            q      | connection: w, sql: 'SELECT :x'                 | q.sql: found :x, which is no parameter of this query; expected it among parameters
            q      | connection: w, sql: 'SELECT ?'                  | q.sql: found a question mark; expected closed quotes, :name for each parameter, and ?? for an operator ?
            q      | connection: w, sql: "SELECT 'a"                 | q.sql: found a quote or comment without an end; expected closed quotes, :name for each parameter, and ?? for an operator ?
            q      | connection: w, sql: SELECT 1, max_rows: 51      | q.max_rows: found 51; expected a whole number from 1 to 50
            q      | connection: w, sql: SELECT 1, timeout: 6s       | q.timeout: found 6s; expected at most 5000ms, the limit of the connection
            sql_query | connection: w, sql: SELECT 1                 | sql_query: found the name of a tool of the platform; expected another name
            a.b    | connection: w, sql: SELECT 1                    | a.b: found a name that cannot be used; expected 1 to 64 letters, digits and _ -
            """)
    void wrongQueryIsAnError(String name, String keys, String message) {
        assertThat(Reading.errors(FILE + "  " + name + ": {description: d, " + keys + "}"))
                .extracting(QueriesSectionTest::unquoted)
                .containsExactly("platform.yaml:3: queries." + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x: {type: int}                                | x.type: found int; expected string or integer or number or boolean or date or timestamp
            x: {type: integer, minimum: a}                | x.minimum: found a; expected a whole number
            x: {type: integer, minimum: 2, maximum: 1}    | x.maximum: found less than the minimum; expected a maximum that is not less
            x: {type: integer, minimum: 2, default: 1}    | x.default: found 1; expected a whole number, at least 2
            x: {type: integer, maximum: 2, values: [3]}   | x.values[0]: found 3; expected a whole number, at most 2
            x: {values: [a], default: b}                  | x.default: found b; expected a text of at most 1000 characters, one of a
            x: {type: date, default: 2026-02-30}          | x.default: found 2026-02-30; expected a date such as 2026-01-31
            x: {minimum: 1}                               | x.minimum: found minimum of string; expected a type that has it
            x: {type: boolean, values: [true]}            | x.values: found values of boolean; expected a type that has it
            x: {default: a, required: true}               | x.required: found a required parameter with a default; expected one of them
            x: {from: role}                               | x.from: found role; expected persona, name, identity or claim:NAME
            x: {from: name, default: a}                   | x.default: found default beside from; expected it for values of the caller only
            x: , connection:                              | connection: found a name that tools have for the data source; expected another name
            x: , y:                                       | y: found a parameter that the SQL does not use; expected :y in the SQL, or no such parameter
            """)
    void wrongParameterIsAnError(String parameters, String message) {
        String sql = parameters.contains("connection:") ? "SELECT :x, :connection" : "SELECT :x";
        assertThat(Reading.errors(FILE + "  q: {description: d, connection: w, sql: '" + sql + "', parameters: {"
                        + parameters + "}}"))
                .extracting(QueriesSectionTest::unquoted)
                .containsExactly("platform.yaml:3: queries.q.parameters." + message);
    }

    @Test
    void undeclaredParameterThatAVariableHoldsIsNotShown() {
        assertThat(Reading.of(
                                FILE + "  q: {description: d, connection: w, sql: '${TEXT}'}",
                                Map.of("TEXT", "x :canary"))
                        .errors())
                .singleElement()
                .asString()
                .contains("found :..., which")
                .doesNotContain("canary");
    }

    @Test
    void descriptionIsRequired() {
        assertThat(Reading.errors(FILE + "  q: {connection: w, sql: SELECT 1}"))
                .containsExactly("platform.yaml:3: queries.q.description: found nothing; expected what the query gives,"
                        + " for people and AI clients");
    }

    @Test
    void namesInQuotesCommentsAndCastsAreNoParameters() {
        QueryText text = QueryText.of("""
                SELECT ':a', ":b", `:c`, x::text -- :d
                /* :e
                */ FROM t WHERE y >=:f AND z = :f::date AND j ?? 'k' AND 'it''s :g' = :h
                """);
        assertThat(text.problem()).isEmpty();
        assertThat(text.names()).containsExactly("f", "f", "h");
        assertThat(text.marked()).contains("y >= ?  AND z =  ? ::date AND j ?? 'k'", "= ? \n".strip());
    }

    @Test
    void backslashBeforeAQuoteIsNotGuessed() {
        assertThat(QueryText.of("SELECT 'it\\'s :x'").problem())
                .contains("a backslash before a quote, which databases read differently");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-1-31", "2026-01-32", "2026-01-31T00:00", "", "x"})
    void otherTextIsNoDate(String text) {
        QueryParameterConfig date = new QueryParameterConfig(
                "d",
                "",
                Type.DATE,
                true,
                List.of(),
                Optional.of("2025-01-01"),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty());
        assertThat(date.accepts(text)).isFalse();
        assertThat(date.accepts("2025-01-01")).isTrue();
        assertThat(date.accepts("2024-12-31")).isFalse();
    }
}
