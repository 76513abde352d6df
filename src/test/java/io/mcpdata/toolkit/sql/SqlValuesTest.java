package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                "TIME '10:20:00' | \"10:20:00\"",
                "TIMESTAMP '2024-02-29 10:20:00' | \"2024-02-29T10:20:00\"",
                "TIMESTAMP WITH TIME ZONE '2024-02-29 10:20:00+00' | \"2024-02-29T10:20:00Z\"",
                "ARRAY[TIMESTAMP '2024-02-29 10:20:00', NULL] | [\"2024-02-29T10:20:00\",null]",
                "ARRAY[TIMESTAMP WITH TIME ZONE '2024-02-29 10:20:00+02'] | [\"2024-02-29T10:20:00+02:00\"]",
                "ARRAY[ARRAY[TIME '10:20:00.5']] | [[\"10:20:00.500\"]]",
                "ARRAY[TIME WITH TIME ZONE '10:20:00+02'] | [\"10:20:00+02:00\"]",
                "ARRAY[DATE '2024-02-29'] | [\"2024-02-29\"]",
                "ARRAY[CAST(1.50 AS DECIMAL(10, 2))] | [1.50]",
                "ARRAY[JSON '{\"a\":1}'] | [\"{\\\"a\\\":1}\"]",
                "ARRAY[UUID '00000000-0000-0000-0000-00000000000a'] | [\"00000000-0000-0000-0000-00000000000a\"]",
                "ARRAY[X'00FF'] | [\"AP8=\"]",
                "ARRAY[TRUE, FALSE] | [true,false]",
                "ARRAY[0.1E0, 1E300] | [0.1,1E+300]",
                "CAST(ARRAY[] AS INT ARRAY) | []",
                "ROW(1, 'a') | \"ROW (1, a)\"",
                "ARRAY[ROW(1, 'a')] | [\"ROW (1, a)\"]",
                "TIME '23:59:59.123' | \"23:59:59.123\"",
                "TIME WITH TIME ZONE '10:00:00+02' | \"10:00:00+02:00\"",
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST(? AS JAVA_OBJECT)",
                "CAST(? AS OTHER)",
                "CAST(? AS OBJECT)",
                "ARRAY[CAST(? AS JAVA_OBJECT)]",
                "ARRAY[ARRAY[CAST(? AS OTHER)]]",
                "ROW(1, CAST(? AS JAVA_OBJECT))",
                "ARRAY[ROW(1, CAST(? AS OBJECT))]"
            })
    void anObjectInAValueIsNotBroughtToLife(String expression) throws SQLException, IOException {
        // as bytes: whether H2 itself converts an object to bytes depends on earlier calls in this JVM
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
            objects.writeObject(new Bomb());
        }
        String sql = "SELECT " + expression.replace("?", "CAST(? AS VARBINARY)");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setBytes(1, bytes.toByteArray());
            Bomb.exploded = false;
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(((JsonString) values.read(row, 1, column(row))).getString())
                        .isEqualTo("[object]");
            }
        }
        assertThat(Bomb.exploded).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1, 9007199254740993 | BIGINT | [\"1\"],[\"9007199254740993\"] | string",
                "1, 9007199254740992 | BIGINT | [1],[9007199254740992] | ``",
                "1.5, 12345678901234567890.5 | NUMERIC(30, 1) | [\"1.5\"],[\"12345678901234567890.5\"] | string",
                "1.5, 1234567890.5 | NUMERIC(30, 1) | [1.5],[1234567890.5] | ``",
                "0.5E0, 'NaN' | DOUBLE PRECISION | [\"0.5\"],[\"NaN\"] | string",
                "NULL, '-Infinity' | DOUBLE PRECISION | [null],[\"-Infinity\"] | string",
                "ARRAY[1], ARRAY[2, 9007199254740993] | BIGINT ARRAY | [[\"1\"]],[[\"2\",\"9007199254740993\"]] | string",
                "'1', '9007199254740993' | VARCHAR | [\"1\"],[\"9007199254740993\"] | ``"
            })
    void allNumbersOfAColumnHaveOneType(String two, String type, String rows, String json) throws SQLException {
        String sql = "SELECT CAST(v AS " + type + ") AS v FROM (VALUES (1, "
                + two.replaceFirst(", (?![^\\[]*\\])", "), (2, ") + ")) AS t(n, v) ORDER BY n";
        JsonObject result = result(sql, 100_000);
        assertThat(Json.write(result.getJsonArray("rows"))).isEqualTo("[" + rows + "]");
        assertThat(result.getJsonArray("columns").getJsonObject(0).getString("json", ""))
                .isEqualTo(json);
    }

    @Test
    void aColumnThatTurnsToTextStaysWithinTheLimitOfBytes() throws SQLException {
        String sql = "SELECT CASE X WHEN 150 THEN 9007199254740993 ELSE X END AS v FROM SYSTEM_RANGE(1, 1000)";
        for (int limit = 700; limit < 2_500; limit += 13) {
            JsonObject result = result(sql, limit);
            assertThat(Json.write(result)).hasSizeBetween(limit / 2, limit);
            boolean text = result.getInt("rowCount") >= 150;
            assertThat(result.getJsonArray("columns").getJsonObject(0).containsKey("json"))
                    .isEqualTo(text);
        }
    }

    static Stream<Throwable> errorsOfOneValue() {
        return Stream.of(
                new SQLException("bad value", "22003"),
                new IllegalStateException("bad value"),
                new NoClassDefFoundError("org/example/Geometry"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfOneValue")
    void aDriverThatThrowsCostsAValueAndNotTheResult(Throwable error) throws SQLException {
        String sql = "SELECT 7 AS a, 'x' AS b FROM SYSTEM_RANGE(1, 2)";
        JsonObject asText = failing(sql, error, "getObject");
        assertThat(Json.write(asText.getJsonArray("rows"))).isEqualTo("[[\"7\",\"x\"],[\"7\",\"x\"]]");
        JsonObject lost = failing(sql, error, "getObject", "getString");
        assertThat(Json.write(lost.getJsonArray("rows"))).isEqualTo("[[null,null],[null,null]]");
        assertThat(Json.write(lost.getJsonArray("columns")))
                .isEqualTo("[{\"name\":\"A\",\"type\":\"INTEGER\",\"unreadable\":2},"
                        + "{\"name\":\"B\",\"type\":\"CHARACTER VARYING\",\"unreadable\":2}]");
    }

    static Stream<Throwable> errorsOfTheResult() {
        return Stream.of(
                new SQLException("connection lost", "08006"),
                new SQLException("canceled", "57014"),
                new OutOfMemoryError("test"));
    }

    @ParameterizedTest
    @MethodSource("errorsOfTheResult")
    void anErrorThatIsNotOneOfAValueEndsTheResult(Throwable error) {
        assertThatThrownBy(() -> failing("SELECT 7", error, "getObject")).isSameAs(error);
    }

    /** The result of a driver whose methods of these names throw. */
    private JsonObject failing(String sql, Throwable error, String... names) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            InvocationHandler driver = (proxy, method, arguments) -> {
                if (List.of(names).contains(method.getName())) {
                    throw error;
                }
                return method.invoke(rows, arguments);
            };
            ResultSet broken = (ResultSet)
                    Proxy.newProxyInstance(ResultSet.class.getClassLoader(), new Class<?>[] {ResultSet.class}, driver);
            return new SqlResults(10, 10_000).read(broken, Dialect.H2, () -> {});
        }
    }

    private JsonObject result(String sql, int bytes) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return new SqlResults(10_000, bytes).read(rows, Dialect.H2, () -> {});
        }
    }

    private static SqlColumn column(ResultSet row) throws SQLException {
        return SqlColumn.all(row.getMetaData(), Dialect.H2).get(0);
    }

    private String value(String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + expression)) {
            row.next();
            return Json.write(values.read(row, 1, column(row)));
        }
    }

    /** Counts its deserialization. */
    private static final class Bomb implements Serializable {
        private static final long serialVersionUID = 1L;
        private static volatile boolean exploded;

        private Object readResolve() {
            exploded = true;
            return this;
        }
    }
}
