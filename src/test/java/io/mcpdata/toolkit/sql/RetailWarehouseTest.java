package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetailWarehouseTest {

    private static RetailWarehouse warehouse;

    @BeforeAll
    static void open() throws SQLException {
        warehouse = new RetailWarehouse();
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @CsvSource({"customers, 2000", "products, 400", "orders, 8000"})
    void holdsThousandsOfRows(String table, long rows) throws SQLException {
        assertThat(number("SELECT COUNT(*) FROM " + table)).isEqualTo(rows);
    }

    @Test
    void makesTheSameRowsAtEveryStart() throws SQLException {
        String revenue = "SELECT SUM(quantity * unit_price) * 100 FROM order_lines";
        long here = number(revenue);
        try (RetailWarehouse other = new RetailWarehouse()) {
            assertThat(number(other, revenue)).isEqualTo(here);
        }
    }

    @Test
    void keepsOrdersAndTheirLinesTogether() throws SQLException {
        assertThat(number("SELECT COUNT(*) FROM orders o WHERE NOT EXISTS"
                        + " (SELECT 1 FROM order_lines l WHERE l.order_id = o.order_id)"))
                .isZero();
        assertThat(number("SELECT COUNT(*) FROM returns r JOIN orders o ON o.order_id = r.order_id"
                        + " WHERE o.status <> 'shipped' OR r.returned_on <= o.ordered_on"))
                .isZero();
    }

    @Test
    void commentsEveryTableAndColumn() throws SQLException {
        assertThat(number("SELECT COUNT(*) FROM information_schema.tables"
                        + " WHERE table_schema = 'RETAIL' AND (remarks IS NULL OR remarks = '')"))
                .isZero();
        assertThat(number("SELECT COUNT(*) FROM information_schema.columns"
                        + " WHERE table_schema = 'RETAIL' AND (remarks IS NULL OR remarks = '')"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM customers",
                "UPDATE products SET unit_price = 0",
                "INSERT INTO returns SELECT * FROM returns",
                "DROP TABLE returns",
                "CREATE TABLE mine (id INT)",
                "CREATE ALIAS run FOR \"java.lang.System.getProperty\"",
                "SCRIPT",
                "SET DB_CLOSE_DELAY 10"
            })
    void givesItsReaderOnlySelect(String statement) throws SQLException {
        try (Connection connection = warehouse.readers().getConnection();
                Statement sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement)).isInstanceOf(SQLException.class);
        }
    }

    private static long number(String sql) throws SQLException {
        return number(warehouse, sql);
    }

    private static long number(RetailWarehouse of, String sql) throws SQLException {
        try (Connection connection = of.readers().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
