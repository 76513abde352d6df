package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.mcpdata.config.ConnectionSource;
import io.mcpdata.config.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredObjectsTest {

    private static final String BROUGHT_TO_LIFE = "io.mcpdata.canary";

    /** Records when its bytes become an object. */
    private static final class Canary implements Serializable {

        @Serial
        private static final long serialVersionUID = 1L;

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            System.setProperty(BROUGHT_TO_LIFE, "yes");
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(BROUGHT_TO_LIFE);
    }

    @Test
    void theDemoWarehouseReadsNoObject() throws Exception {
        try (RetailWarehouse warehouse = new RetailWarehouse()) {
            assertNothingIsRead(warehouse.readers());
        }
    }

    @Test
    void aConfiguredDatabaseReadsNoObject() throws Exception {
        ConnectionSource.Url url = new ConnectionSource.Url(
                new Secret("jdbc:h2:mem:objects"), Optional.of("sa"), Optional.of(new Secret("x")));
        // on a busy machine the first connection takes longer than the pool waits
        try (Connection keeper = DriverManager.getConnection(url.url().reveal(), "sa", "x");
                HikariDataSource pool = ConnectionPools.open("objects", url, Map.of())) {
            assertThat(keeper.isValid(0)).isTrue();
            assertNothingIsRead(pool);
        }
    }

    private static void assertNothingIsRead(DataSource data) throws SQLException, IOException {
        String object = "CAST(CAST(X'" + HexFormat.of().formatHex(bytes()) + "' AS VARBINARY) AS JAVA_OBJECT)";
        try (Connection connection = data.getConnection();
                Statement statement = connection.createStatement()) {
            for (String value : new String[] {object, "ARRAY[" + object + "]", "(" + object + ", 1)"}) {
                try (ResultSet rows = statement.executeQuery("SELECT " + value)) {
                    assertThat(rows.next()).isTrue();
                    assertThatThrownBy(() -> read(rows)).as(value).hasStackTraceContaining("Java objects are not read");
                }
            }
        }
        assertThat(System.getProperty(BROUGHT_TO_LIFE)).isNull();
    }

    private static Object read(ResultSet rows) throws SQLException {
        Object value = rows.getObject(1);
        if (value instanceof ResultSet row) {
            assertThat(row.next()).isTrue();
            return row.getObject(1);
        }
        return value instanceof java.sql.Array array ? array.getArray() : value;
    }

    private static byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Canary());
        }
        return bytes.toByteArray();
    }
}
