package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlSchemaTest {

    private Connection connection;
    private SqlSchema schema;

    @BeforeEach
    void make() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
        try (Statement sql = connection.createStatement()) {
            for (String ddl : new String[] {
                "CREATE TABLE order_lines (order_no INT, line_no INT, amount DECIMAL(10, 2), note VARCHAR(20),"
                        + " PRIMARY KEY (line_no, order_no))",
                "CREATE TABLE orderXlines (x INT)",
                "CREATE TABLE \"order%lines\" (y INT)",
                "CREATE TABLE \"Mixed Case.With Dot\" (\"a \"\"b\" INT)",
                "CREATE TABLE \"it's\" (z INT)",
                "CREATE SCHEMA s1",
                "CREATE SCHEMA \"S_1\"",
                "CREATE SCHEMA \"SX1\"",
                "CREATE TABLE s1.same (a INT)",
                "CREATE TABLE \"S_1\".same (b INT)",
                "CREATE TABLE \"SX1\".same (c INT)",
                "CREATE TABLE s1.parts (id INT PRIMARY KEY, l INT, o INT, parent INT REFERENCES s1.parts,"
                        + " FOREIGN KEY (l, o) REFERENCES public.order_lines)",
                "CREATE VIEW busy AS SELECT order_no FROM order_lines",
                "COMMENT ON TABLE order_lines IS 'Lines of \"orders\"'",
                "COMMENT ON COLUMN order_lines.amount IS 'In EUR'",
                "COMMENT ON VIEW busy IS 'A view'"
            }) {
                sql.execute(ddl);
            }
        }
        schema = new SqlSchema(connection.getMetaData());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void listsTablesAndViewsOfEverySchemaButTheSystemsOwn() throws SQLException {
        assertThat(schema.tables())
                .extracting(TableName::qualified)
                .containsExactlyInAnyOrder(
                        "PUBLIC.ORDER_LINES",
                        "PUBLIC.ORDERXLINES",
                        "PUBLIC.order%lines",
                        "PUBLIC.Mixed Case.With Dot",
                        "PUBLIC.it's",
                        "PUBLIC.BUSY",
                        "S1.SAME",
                        "S_1.SAME",
                        "SX1.SAME",
                        "S1.PARTS");
    }

    @ParameterizedTest
    @CsvSource({"order_lines, ORDER_LINES", "ORDER_LINES, ORDER_LINES", "order%lines, order%lines", "it's, it's"})
    void aNameIsNoPattern(String name, String found) throws SQLException {
        assertThat(schema.named(null, name)).extracting(TableName::name).containsExactly(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "order_line_", "%lines", "", "tables", "nowhere", "' OR 1=1 --"})
    void whatIsNoNameFindsNothing(String name) throws SQLException {
        assertThat(schema.named(null, name)).isEmpty();
    }

    @Test
    void aTableOfSeveralSchemasIsFoundInEach() throws SQLException {
        assertThat(schema.named(null, "same")).hasSize(3);
        assertThat(schema.named("s_1", "same")).extracting(TableName::schema).containsExactly("S_1");
        assertThat(schema.named("information_schema", "tables")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"S_1, B", "SX1, C", "S1, A"})
    void columnsAreThoseOfTheOneSchema(String in, String column) throws SQLException {
        JsonObject table = schema.describe(schema.named(in, "same").get(0));
        assertThat(table.getJsonArray("columns")).hasSize(1);
        assertThat(table.getJsonArray("columns").getJsonObject(0).getString("name"))
                .isEqualTo(column);
    }

    @Test
    void describesKeysInTheOrderOfTheKeyAndComments() throws SQLException {
        JsonObject table = schema.describe(schema.named(null, "order_lines").get(0));
        assertThat(Json.write(table))
                .isEqualTo("{\"schema\":\"PUBLIC\",\"name\":\"ORDER_LINES\",\"type\":\"BASE TABLE\","
                        + "\"comment\":\"Lines of \\\"orders\\\"\",\"columns\":["
                        + "{\"name\":\"ORDER_NO\",\"type\":\"INTEGER\",\"nullable\":false},"
                        + "{\"name\":\"LINE_NO\",\"type\":\"INTEGER\",\"nullable\":false},"
                        + "{\"name\":\"AMOUNT\",\"type\":\"DECIMAL(10,2)\",\"nullable\":true,\"comment\":\"In EUR\"},"
                        + "{\"name\":\"NOTE\",\"type\":\"CHARACTER VARYING(20)\",\"nullable\":true}],"
                        + "\"primaryKey\":[\"LINE_NO\",\"ORDER_NO\"],\"foreignKeys\":[],"
                        + "\"referencedBy\":[{\"columns\":[\"LINE_NO\",\"ORDER_NO\"],\"table\":\"S1.PARTS\","
                        + "\"tableColumns\":[\"L\",\"O\"]}]}");
    }

    @Test
    void aTableMayReferToItself() throws SQLException {
        JsonObject table = schema.describe(schema.named(null, "parts").get(0));
        assertThat(table.getJsonArray("foreignKeys")).hasSize(2);
        assertThat(Json.write(table.getJsonArray("referencedBy")))
                .isEqualTo("[{\"columns\":[\"ID\"],\"table\":\"S1.PARTS\",\"tableColumns\":[\"PARENT\"]}]");
    }

    @Test
    void describesAView() throws SQLException {
        JsonObject view = schema.describe(schema.named(null, "busy").get(0));
        assertThat(view.getString("type")).isEqualTo("VIEW");
        assertThat(view.getString("comment")).isEqualTo("A view");
        assertThat(view.getJsonArray("columns")).hasSize(1);
    }
}
