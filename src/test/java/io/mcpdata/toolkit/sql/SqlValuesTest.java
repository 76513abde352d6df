package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.mcp.protocol.Json;
import jakarta.json.JsonString;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlValuesTest {

    private Connection connection;
    private final SqlValues values = new SqlValues();

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:h2:mem:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CAST(NULL AS INT) | null",
                "TRUE | true",
                "CAST(7 AS TINYINT) | 7",
                "9007199254740992 | 9007199254740992",
                "9007199254740993 | \"9007199254740993\"",
                "CAST(-9223372036854775808 AS BIGINT) | \"-9223372036854775808\"",
                "CAST(12.50 AS DECIMAL(10, 2)) | 12.50",
                "CAST(0.1 AS DECIMAL(10, 1)) | 0.1",
                "CAST('12345678901234567890.123456789' AS DECIMAL(40, 9)) | \"12345678901234567890.123456789\"",
                "CAST(0.1 AS REAL) | 0.1",
                "CAST(0.1 AS DOUBLE PRECISION) | 0.1",
                "CAST('NaN' AS DOUBLE PRECISION) | \"NaN\"",
                "CAST('-Infinity' AS DOUBLE PRECISION) | \"-Infinity\"",
                "CAST('NaN' AS DECFLOAT) | \"NaN\"",
                "CAST(1E300 AS DECFLOAT) | 1E+300",
                "DATE '2024-02-29' | \"2024-02-29\"",
                "TIME '23:59:59.123' | \"23:59:59.123\"",
                "TIME WITH TIME ZONE '10:00:00+02' | \"10:00+02:00\"",
                "TIMESTAMP '2024-02-29 10:20:30.123456' | \"2024-02-29T10:20:30.123456\"",
                "TIMESTAMP WITH TIME ZONE '2024-02-29 10:20:30+05:30' | \"2024-02-29T10:20:30+05:30\"",
                "INTERVAL '3-2' YEAR TO MONTH | \"INTERVAL '3-2' YEAR TO MONTH\"",
                "CAST('\u00e4\u0001\"' AS CLOB) | \"\u00e4\\u0001\\\"\"",
                "CAST(X'00FF' AS BLOB) | \"AP8=\"",
                "X'00FF' | \"AP8=\"",
                "UUID '00000000-0000-0000-0000-00000000000a' | \"00000000-0000-0000-0000-00000000000a\"",
                "JSON '{\"a\": [1, \"\u00e4\"]}' | \"{\\\"a\\\":[1,\\\"\u00e4\\\"]}\"",
                "ARRAY[1, NULL, 3] | [1,null,3]",
                "ARRAY['a', 'b'] | [\"a\",\"b\"]",
                "ARRAY[ARRAY[1], ARRAY[2, 3]] | [[1],[2,3]]",
                "CAST('b' AS ENUM('a', 'b')) | \"b\"",
                "CAST('a' AS CHAR(3)) | \"a  \""
            })
    void everyTypeHasItsForm(String expression, String json) throws SQLException {
        assertThat(value(expression)).isEqualTo(json);
        assertThat(values.anyCut()).isFalse();
    }

    @Test
    void longTextIsCutAndRemembered() throws SQLException {
        String text = value("LPAD('x', 70000, 'y')");
        assertThat(text).hasSize(SqlValues.LONGEST_TEXT + 3).endsWith("y\u2026\"");
        assertThat(values.anyCut()).isTrue();
    }

    @Test
    void aCharacterIsNeverCutInTwo() throws SQLException {
        String text = value("'x' || LPAD('', 70000, '\ud83d\ude00')");
        assertThat(text).endsWith("\ud83d\ude00\u2026\"");
    }

    @Test
    void aHugeClobOrBlobIsReadOnlyAsFarAsItIsShown() throws SQLException {
        assertThat(value("CAST(SPACE(1000000) AS CLOB)")).hasSizeLessThan(SqlValues.LONGEST_TEXT + 10);
        assertThat(values.anyCut()).isTrue();
        assertThat(value("CAST(CAST(SPACE(1000000) AS VARBINARY) AS BLOB)")).hasSize(SqlValues.LONGEST_TEXT + 2);
    }

    @Test
    void anObjectInARowIsNotBroughtToLife() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT CAST(? AS JAVA_OBJECT)")) {
            statement.setObject(1, new Bomb(), java.sql.Types.JAVA_OBJECT);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(((JsonString) values.read(row, 1, row.getMetaData())).getString())
                        .isEqualTo("[object]");
            }
        }
        assertThat(Bomb.exploded).isFalse();
    }

    private String value(String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + expression)) {
            row.next();
            return Json.write(values.read(row, 1, row.getMetaData()));
        }
    }

    /** Goes off when it is deserialized. */
    private static final class Bomb implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile boolean exploded;

        private Object readResolve() {
            exploded = true;
            return this;
        }
    }
}
