package io.mcpdata.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class MariaDbTest {

    @Test
    void itStartsForItselfLetsAccountsInAndStops() throws SQLException {
        int port;
        try (MariaDb database = MariaDb.start()) {
            port = database.port();
            database.createDatabase("shop");
            database.createUser("reader", "secret", "SELECT ON shop.*");
            try (Connection owner = database.owner("shop");
                    Statement sql = owner.createStatement()) {
                sql.execute("CREATE TABLE products (name VARCHAR(20))");
                sql.execute("INSERT INTO products VALUES ('Kettle')");
            }
            try (Connection reader = DriverManager.getConnection(database.url("shop"), "reader", "secret");
                    Statement sql = reader.createStatement();
                    ResultSet rows = sql.executeQuery("SELECT name, VERSION() FROM products")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("Kettle");
                assertThat(rows.getString(2)).contains("MariaDB");
                assertThatThrownBy(() -> sql.execute("DELETE FROM products")).isInstanceOf(SQLException.class);
            }
        }
        assertThatThrownBy(() -> DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/mysql"))
                .isInstanceOf(SQLException.class);
    }
}
