package io.mcpdata.toolkit.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.CatalogConfig;
import io.mcpdata.config.CatalogTermConfig;
import io.mcpdata.config.PlatformConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableSearchTest {

    private static final CatalogConfig CATALOG = new PlatformConfigReader(name -> Optional.<String>empty())
            .read("platform.yaml", """
                    connections: {w: {demo: retail}}
                    catalog:
                      tables:
                        w:
                          sales.orders:
                            description: Purchases of customers
                            tags: [turnover]
                            columns: {total: {description: Value, unit: EUR}}
                            examples: ["Who bought most last quarter?"]
                          sales.orders_old: {deprecated: {replacement: sales.orders, reason: Not filled since 2020}}
                          sales.bonuses_old: {deprecated: {replacement: hr.salaries, reason: see hr.salaries}}
                          hr.salaries: {description: Pay of employees, tags: [wages]}
                      glossary:
                        revenue: {definition: Sum of all totals, tables: [w/sales.orders]}
                        gross pay: {definition: Wages before tax, tables: [w/hr.salaries]}
                        fiscal year: {definition: It begins on 1 April}
                    """)
            .config()
            .orElseThrow()
            .catalog();

    private static final TableIndex INDEX = new TableIndex(
            List.of(
                    table("sales", "orders", "", "id", "customer_id", "total"),
                    table("sales", "orders_old", "", "id", "total"),
                    table("sales", "order_lines", "What was ordered", "order_id", "product_id"),
                    table("sales", "bonuses_old", "", "id"),
                    table("sales", "shipments", "Parcels on their way", "carrierCode"),
                    table("sales", "outages", "", "began_at"),
                    table("sales", "copy_2023", "", "id"),
                    table("hr", "salaries", "Pay", "employee_id", "amount"),
                    table("hr", "Employees", "", "BirthDate")),
            true);

    private static KnownTable table(String schema, String name, String comment, String... columns) {
        List<KnownTable.Column> all = new ArrayList<>();
        for (String column : columns) {
            all.add(new KnownTable.Column(column, "INTEGER", ""));
        }
        return new KnownTable(schema, name, "TABLE", comment, all);
    }

    private static TableSearch search(String question, OwnWords.Visible visible) {
        TableSearch search = new TableSearch(question, new OwnWords(CATALOG, visible), visible);
        search.in("w", INDEX);
        return search;
    }

    private static List<String> found(String question, OwnWords.Visible visible) {
        return search(question, visible).best().stream()
                .map(match -> match.table().name())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "orders, orders",
        "order, orders",
        "ordrs, orders",
        "turnover, orders",
        "the revenue, orders",
        "which customers bought, orders",
        "EUR, orders",
        "parcel, shipments",
        "carrier code, shipments",
        "birth date of employees, Employees",
        "birth, Employees",
        "product, order_lines",
        "wages, salaries",
        "what did we pay out, salaries",
    })
    void bestTableIsFirst(String question, String table) {
        assertThat(found(question, (connection, schema, name) -> true)).startsWith(table);
    }

    @Test
    void whatFitsNothingFindsNothing() {
        assertThat(found("zebra", (connection, schema, name) -> true)).isEmpty();
    }

    @Test
    void anotherNumberIsNotASimilarWord() {
        assertThat(found("parcels of 2024", (connection, schema, name) -> true)).containsExactly("shipments");
        assertThat(found("2023", (connection, schema, name) -> true)).containsExactly("copy_2023");
    }

    @Test
    void wordOfFewTablesCountsMoreThanWordOfMany() {
        List<KnownTable> tables = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tables.add(table("sales", "t" + i, "Facts about customers"));
        }
        tables.add(table("sales", "zz_positions", "With bonus"));
        OwnWords.Visible all = (connection, schema, name) -> true;
        TableSearch search = new TableSearch("bonus of customers", new OwnWords(CATALOG, all), all);
        search.in("w", new TableIndex(tables, true));
        assertThat(search.best().get(0).table().name()).isEqualTo("zz_positions");
    }

    @Test
    void glossaryOfDatabasesThatAreNotSearchedIsLeftOut() {
        OwnWords.Visible all = (connection, schema, name) -> true;
        TableSearch search = new TableSearch("revenue of the fiscal year", new OwnWords(CATALOG, all), all);
        search.in("other", INDEX);
        assertThat(search.terms()).extracting(CatalogTermConfig::term).containsExactly("fiscal year");
        search.in("w", INDEX);
        assertThat(search.terms()).extracting(CatalogTermConfig::term).containsExactly("revenue", "fiscal year");
    }

    @Test
    void deprecatedTableComesAfterItsReplacement() {
        assertThat(found("orders total", (connection, schema, name) -> true))
                .containsSubsequence("orders", "orders_old");
    }

    @Test
    void columnsThatFitAreNamed() {
        assertThat(search("total in EUR", (connection, schema, name) -> true)
                        .best()
                        .get(0)
                        .columns())
                .extracting(KnownTable.Column::name)
                .containsExactly("total");
    }

    @ParameterizedTest
    @CsvSource({"salaries", "wages", "pay", "gross pay", "employee", "amount", "hr"})
    void hiddenTablesAndTheirWordsAreNotFound(String question) {
        OwnWords.Visible visible = (connection, schema, name) -> !schema.equals("hr");
        TableSearch search = search(question, visible);
        assertThat(search.best()).isEmpty();
        assertThat(search.terms()).isEmpty();
    }

    @Test
    void replacementThatIsHiddenIsNotNamed() {
        OwnWords.Visible visible = (connection, schema, name) -> !schema.equals("hr");
        OwnWords own = new OwnWords(CATALOG, visible);
        assertThat(own.table("w", "hr", "salaries")).isEmpty();
        assertThat(own.deprecated(own.table("w", "SALES", "BONUSES_OLD").orElseThrow())
                        .orElseThrow()
                        .build())
                .hasToString("{\"reason\":\"deprecated\"}");
        assertThat(own.deprecated(own.table("w", "sales", "orders_old").orElseThrow())
                        .orElseThrow()
                        .build())
                .hasToString("{\"useInstead\":\"sales.orders\",\"reason\":\"Not filled since 2020\"}");
        assertThat(own.glossary()).extracting(CatalogTermConfig::term).containsExactly("revenue", "fiscal year");
    }

    @Test
    void thousandsOfTablesAreSearchedInAMoment() {
        List<KnownTable> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(table("many", "table_" + i, "Filler", "id", "value_" + i, "created_on", "changed_on"));
        }
        many.add(table("many", "needle", "", "id"));
        TableIndex index = new TableIndex(many, true);
        OwnWords.Visible all = (connection, schema, name) -> true;
        long begin = System.nanoTime();
        TableSearch search = new TableSearch("where is the needle", new OwnWords(CATALOG, all), all);
        search.in("w", index);
        assertThat(search.best().get(0).table().name()).isEqualTo("needle");
        assertThat((System.nanoTime() - begin) / 1_000_000).as("milliseconds").isLessThan(3_000);
    }
}
