package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonValue;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverMessageTest {

    /** In place of the class of PostgreSQL's driver that a server's pool has loaded, which no application can name. */
    public static final class PoolsException extends SQLException {
        private static final long serialVersionUID = 1L;
        private final transient ServerMessage server;

        PoolsException(String message, int position) {
            super(message, "42601");
            this.server = new ServerMessage(position);
        }

        public ServerMessage getServerErrorMessage() {
            return server;
        }
    }

    /** A server's text about an error. */
    public record ServerMessage(int getPosition) {

        public String getHint() {
            return "a hint";
        }

        @org.jspecify.annotations.Nullable
        public String getDetail() {
            return null;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT x | ERROR: column \"x\" does not exist | 8 | 7",
                "SELECT x | ERROR: column \"y\" does not exist | 8 | -1",
                "SELECT x | ERROR: something | 0 | -1",
                "SELECT x | ERROR: something | 99 | -1",
                "SELECT \ud83d\ude00x, y | ERROR: column \"y\" does not exist | 12 | 11"
            })
    void postgresTellsThePlaceAndWhatItNamesStandsThere(String sql, String message, int position, int index) {
        DriverMessage read = DriverMessage.of(
                new PoolsException(message, position), Dialect.POSTGRESQL, new SqlStatement(sql, List.of()), sql);
        assertThat(read.index()).isEqualTo(index);
        assertThat(read.hint()).isEqualTo("a hint");
        assertThat(read.detail()).isEmpty();
    }

    @Test
    void whatStoodBeforeTheStatementAndTheNumbersOfMarkersAreTakenOffThePlace() {
        String asked = "SELECT '?', a ?? b, ? FROM t WHERE u = ? AND x = 1";
        String sent = "EXPLAIN SELECT '?', a ? b, $1 FROM t WHERE u = $2 AND x = 1";
        SqlStatement statement = new SqlStatement("EXPLAIN " + asked, List.of(JsonValue.NULL, Json.string("a")));
        assertThat(DriverMessage.of(
                                new PoolsException("ERROR: column \"x\" does not exist", sent.indexOf("x =") + 1),
                                Dialect.POSTGRESQL,
                                statement,
                                asked)
                        .index())
                .isEqualTo(asked.indexOf("x ="));
    }

    @Test
    void anotherDriversExceptionHasItsText() {
        assertThat(DriverMessage.of(
                        new SQLException("broken"),
                        Dialect.POSTGRESQL,
                        new SqlStatement("SELECT 1", List.of()),
                        "SELECT 1"))
                .isEqualTo(new DriverMessage("broken", -1, "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT id~FROM t WHERE id IN ()~ AND 1 | (conn=73) You are wrong near ')~ AND 1' at line 2 |"
                        + " You are wrong near ') AND 1' at line 2 | 30",
                "SELECT 1 + | (conn=-3) near '' at line 1 | near '' at line 1 | 10",
                "SELECT 1 + | Unknown column 'x' in 'SELECT' | Unknown column 'x' in 'SELECT' | -1",
                "SELECT 1 | near 'absent' at line 1 | near 'absent' at line 1 | -1",
                "SELECT 1 | near '1' at line 77 | near '1' at line 77 | 7"
            })
    void mariaDbTellsTheRestOfTheStatement(String sql, String message, String text, int index) {
        String asked = sql.replace('~', '\n');
        DriverMessage read = DriverMessage.of(
                new SQLException(message.replace('~', '\n')),
                Dialect.MARIADB,
                new SqlStatement(asked, List.of()),
                asked);
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.index()).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource({"1:8, 7", "1:9, 8", "1:10, -1", "2:3, 11", "3:1, -1", "0:1, -1"})
    void aLineAndColumnAreRead(String place, int index) {
        String asked = "SELECT x\n, y";
        assertThat(DriverMessage.of(
                                new SQLException("Query failed: line " + place + ": Column cannot be resolved"),
                                Dialect.TRINO,
                                new SqlStatement(asked, List.of()),
                                asked)
                        .index())
                .isEqualTo(index);
    }
}
