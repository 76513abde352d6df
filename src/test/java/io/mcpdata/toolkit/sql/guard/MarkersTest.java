package io.mcpdata.toolkit.sql.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MarkersTest {

    private final SqlGuard guard = new SqlGuard();

    private Markers markers(Dialect dialect, String sql) {
        return guard.check(sql, SqlSyntax.of(dialect), FunctionRules.of(Set.of()))
                .markers();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POSTGRESQL | SELECT a FROM t WHERE b=?AND c = ? | 2 | false",
                "POSTGRESQL | SELECT a FROM t WHERE b IN (?,?) AND c=?::int LIMIT ? | 4 | true",
                "POSTGRESQL | SELECT a FROM t WHERE doc ?? 'x' AND c = ? | 1 | true",
                "POSTGRESQL | SELECT a FROM t WHERE doc ? 'x' | 1 | true",
                "POSTGRESQL | SELECT ?1 | 1 | false",
                "POSTGRESQL | SELECT a? FROM t | 1 | false",
                "POSTGRESQL | SELECT a FROM t? | 1 | false",
                "POSTGRESQL | SELECT a FROM t WHERE b = ?'x' | 1 | false",
                "H2 | SELECT ?2, ?1 | 2 | false",
                "MARIADB | SELECT 1? | 1 | false",
            })
    void markersAreFoundAndStandApart(Dialect dialect, String sql, int places, boolean apart) {
        Markers markers = markers(dialect, sql);
        assertThat(markers.places()).hasSize(places);
        if (apart) {
            assertThatCode(markers::checkApart).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(markers::checkApart).hasMessageContaining("put spaces around each marker");
        }
    }

    static Stream<Arguments> read() {
        return Stream.of(
                Arguments.of(Dialect.POSTGRESQL, "SELECT '$.a ? (@.b > 1)', ?", true),
                Arguments.of(Dialect.POSTGRESQL, "SELECT E'a\\nb', ?", true),
                Arguments.of(Dialect.POSTGRESQL, "SELECT \"what?\", 'it''s', ?", true),
                Arguments.of(Dialect.POSTGRESQL, "SELECT e'a'\n'\\' ? ', ?", false),
                Arguments.of(Dialect.POSTGRESQL, "SELECT 'a?', E'\\'', '^\\+?\\d{3}', ?", true),
                Arguments.of(Dialect.POSTGRESQL, "SELECT ?, e'a'\n'\\' {oj x\\}' AS a", false),
                Arguments.of(Dialect.POSTGRESQL, "SELECT ?, 'a'e'\\' {oj x\\}'", false),
                Arguments.of(Dialect.POSTGRESQL, "SELECT ?, '{\"a\": 1}'::jsonb, E'\\n'", true),
                Arguments.of(Dialect.POSTGRESQL, "SELECT 'a?', $$'$$, ?", false),
                Arguments.of(Dialect.POSTGRESQL, "SELECT 'a?' AS \"it's\", ?", false),
                Arguments.of(Dialect.MARIADB, "SELECT 'a?', ? - -1", true),
                Arguments.of(Dialect.MARIADB, "SELECT `a?`, \"it's?\", ?", true),
                Arguments.of(Dialect.MARIADB, "SELECT 1--'\n ? ', ?", false),
                Arguments.of(Dialect.MARIADB, "SELECT 'a\\'?', ?", true),
                Arguments.of(Dialect.MARIADB, "SELECT 'a?' AS `it's`, ?", false),
                Arguments.of(Dialect.ORACLE, "SELECT q'[it's ?]', ? FROM dual", false));
    }

    @ParameterizedTest
    @MethodSource("read")
    void textThatADriverMayReadInAnotherWayHidesNoMarkerAndBrace(Dialect dialect, String sql, boolean certain) {
        Markers markers = markers(dialect, sql);
        if (certain) {
            assertThatCode(markers::checkCertain).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(markers::checkCertain).hasMessageContaining("give that text in parameters");
        }
    }
}
