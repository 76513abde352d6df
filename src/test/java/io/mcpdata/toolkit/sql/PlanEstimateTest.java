package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans as the products give them. */
final class PlanEstimateTest {

    @Test
    void postgresLimitShortensWhatIsBelowItExceptASort() {
        String plan = """
                [{"Plan": {"Node Type": "Limit", "Plan Rows": 10, "Total Cost": 0.2, "Plans": [
                  {"Node Type": "%s", "Plan Rows": 1000000, "Total Cost": 20000, "Plans": [
                    {"Node Type": "Seq Scan", "Relation Name": "orders", "Plan Rows": 1000000, "Total Cost": 15000}]}]}}]
                """;
        PlanEstimate streamed = estimate(Dialect.POSTGRESQL, plan.formatted("Nested Loop"));
        assertThat(streamed.rows()).hasValue(10);
        assertThat(streamed.cost()).hasValue(0.2);
        PlanEstimate sorted = estimate(Dialect.POSTGRESQL, plan.formatted("Sort"));
        assertThat(sorted.rows()).hasValue(1_000_000);
        assertThat(sorted.largest()).isEqualTo("Seq Scan on orders");
        assertThat(sorted.dearest()).isEqualTo("Seq Scan on orders");
    }

    @Test
    void postgresRowsOfParallelWorkersAreAddedUp() {
        PlanEstimate estimate = estimate(Dialect.POSTGRESQL, """
                [{"Plan": {"Node Type": "Aggregate", "Plan Rows": 1, "Total Cost": 9000, "Plans": [
                  {"Node Type": "Gather", "Workers Planned": 2, "Plan Rows": 2, "Total Cost": 8999, "Plans": [
                    {"Node Type": "Seq Scan", "Relation Name": "orders", "Plan Rows": 416667, "Total Cost": 8000}]}]}}]
                """);
        assertThat(estimate.rows().orElse(0)).isBetween(999_999.0, 1_000_002.0);
    }

    @Test
    void mySqlMultipliesTheTablesOfAJoin() {
        PlanEstimate estimate = estimate(Dialect.MYSQL, """
                {"query_block": {"select_id": 1, "cost_info": {"query_cost": "2500.75"}, "nested_loop": [
                  {"table": {"table_name": "a", "access_type": "ALL", "rows_examined_per_scan": 1000,
                             "rows_produced_per_join": 100, "filtered": "10.00"}},
                  {"table": {"table_name": "b", "access_type": "ref", "rows_examined_per_scan": 50, "filtered": "100.00",
                             "materialized_from_subquery": {"query_block": {"select_id": 2,
                               "cost_info": {"query_cost": "10.00"}, "table": {"table_name": "c", "access_type": "ALL",
                               "rows_examined_per_scan": 20, "filtered": "100.00"}}}}}]}}
                """);
        assertThat(estimate.rows()).hasValue(5_000);
        assertThat(estimate.largest()).isEqualTo("ref on b");
        assertThat(estimate.cost()).hasValue(2510.75);
        assertThat(estimate.dearest()).isEqualTo("SELECT number 1");
    }

    @Test
    void mySqlUnionCountsItsParts() {
        PlanEstimate estimate = estimate(Dialect.MARIADB, """
                {"query_block": {"union_result": {"table_name": "<union1,2>", "access_type": "ALL",
                  "query_specifications": [
                    {"query_block": {"select_id": 1, "cost": 1.5, "nested_loop": [
                      {"table": {"table_name": "a", "access_type": "ALL", "rows": 7, "filtered": 100}}]}},
                    {"query_block": {"select_id": 2, "cost": 2, "nested_loop": [
                      {"read_sorted_file": {"filesort": {"table":
                        {"table_name": "b", "access_type": "ALL", "rows": 9, "filtered": 50}}}}]}}]}}}
                """);
        assertThat(estimate.rows()).hasValue(9);
        assertThat(estimate.cost()).hasValue(3.5);
    }

    @Test
    void mariaDbBeforeElevenGivesNoCost() {
        PlanEstimate estimate = estimate(Dialect.MARIADB, """
                {"query_block": {"select_id": 1, "table": {"table_name": "a", "access_type": "ALL", "rows": 7}}}""");
        assertThat(estimate.rows()).hasValue(7);
        assertThat(estimate.cost()).isEmpty();
        assertThat(estimate(Dialect.MARIADB, "{\"query_block\": {\"select_id\": 1, \"table\": {\"message\": \"x\"}}}")
                        .cost())
                .hasValue(0);
    }

    @Test
    void mySqlSecondFormatIsATree() {
        PlanEstimate estimate = estimate(Dialect.MYSQL, """
                {"query": "/* select#1 */ select 1", "query_type": "select", "query_plan": {
                  "operation": "Nested loop inner join", "estimated_rows": 30.0, "estimated_total_cost": 99.5, "inputs": [
                    {"operation": "Table scan on a", "estimated_rows": 300.0, "estimated_total_cost": 31.0}]}}
                """);
        assertThat(estimate.rows()).hasValue(300);
        assertThat(estimate.largest()).isEqualTo("Table scan on a");
        assertThat(estimate.cost()).hasValue(99.5);
    }

    @Test
    void trinoTellsWhatIsReadOfEachTable() {
        String plan = """
                {"inputTableColumnInfos": [
                  {"table": {"catalog": "hive", "schemaTable": {"schema": "sales", "table": "orders"}},
                   "constraint": {"none": false, "columnConstraints": []},
                   "estimate": {"outputRowCount": 15000.0, "outputSizeInBytes": 135000.0, "cpuCost": 135000.0,
                                "maxMemory": 0.0, "networkCost": 0.0}},
                  {"table": {"catalog": "hive", "schemaTable": {"schema": "sales", "table": "lines"}},
                   "estimate": {"outputRowCount": %s, "cpuCost": 700000.0}}],
                 "estimate": {"outputRowCount": 1.0, "cpuCost": %s}}
                """;
        PlanEstimate known = estimate(Dialect.TRINO, plan.formatted("60175.0", "980000.5"));
        assertThat(known.rows()).hasValue(60_175);
        assertThat(known.largest()).isEqualTo("scan of sales.lines");
        assertThat(known.cost()).hasValue(980_000.5);
        PlanEstimate unknown = estimate(Dialect.TRINO, plan.formatted("\"NaN\"", "\"NaN\""));
        assertThat(unknown.rows()).isEqualTo(OptionalDouble.empty());
        assertThat(unknown.cost()).isEqualTo(OptionalDouble.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "[{}]", "1", "{\"query_block\": {\"table\": {\"table_name\": \"a\"}}}"})
    void anotherFormIsAnError(String plan) {
        for (Dialect dialect : new Dialect[] {Dialect.POSTGRESQL, Dialect.MARIADB, Dialect.TRINO}) {
            assertThatThrownBy(() -> estimate(dialect, plan)).isInstanceOf(RuntimeException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "SQLSERVER", "ORACLE", "DUCKDB", "UNKNOWN"})
    void plansOfOtherProductsAreNotRead(Dialect dialect) {
        assertThat(PlanSyntax.of(dialect)).isEmpty();
    }

    private static PlanEstimate estimate(Dialect dialect, String plan) {
        return PlanSyntax.of(dialect).orElseThrow().estimate(Json.readObject("{\"plan\":" + plan + "}"));
    }
}
