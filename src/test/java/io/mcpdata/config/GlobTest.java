package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "*, sql_query",
        "*, ''",
        "**, sql_query",
        "sql_*, sql_query",
        "sql_*, sql_",
        "*_delete_*, row_delete_all",
        "*_delete_*, _delete_",
        "sql_quer?, sql_query",
        "sql_query, sql_query",
        "a*b*c, a_b_b_c",
        "*.sales, eu.sales",
    })
    void nameIsMatchedByItsPattern(String pattern, String name) {
        assertThat(Glob.parse(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "sql_*, SQL_query",
        "sql_*, xsql_query",
        "sql_quer?, sql_quer",
        "sql_quer?, sql_queryy",
        "sql_query, sql_query2",
        "sql_query, ''",
        "?, ''",
        "a*b*c, a_c_b",
        "eu.sales, euxsales",
    })
    void otherNamesAreNot(String pattern, String name) {
        assertThat(Glob.parse(pattern).matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "sql *",
                "[a-z]",
                "{a,b}",
                "!sql",
                "sql_*\n",
                "sql\u0000",
                "sql_\u00e9",
                "^a$",
                "a|b",
                "(a)"
            })
    void whatNoNameCanHaveIsMalformed(String pattern) {
        assertThatThrownBy(() -> Glob.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void patternHasALongestLength() {
        assertThat(Glob.parse("a".repeat(128)).matches("a".repeat(128))).isTrue();
        assertThatThrownBy(() -> Glob.parse("a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "table://warehouse/*, table://warehouse/public/orders",
        "table://warehouse/public/order%20lines, table://warehouse/public/order%20lines",
        "'urn:x:a+b=c&d;e,f@g#h~i', 'urn:x:a+b=c&d;e,f@g#h~i'",
        "https://example.com/?id=?, https://example.com/?id=7",
    })
    void uriIsMatchedByItsPattern(String pattern, String uri) {
        assertThat(Glob.parseUri(pattern).matches(uri)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "table://a b", "table://[ab]", "table://{a,b}", "!table", "table://\u00e9", "a|b"})
    void whatOtherGlobsWouldReadInAnotherWayIsMalformed(String pattern) {
        assertThatThrownBy(() -> Glob.parseUri(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void patternOfUrisHasALongestLength() {
        assertThat(Glob.parseUri("a".repeat(256)).matches("a".repeat(256))).isTrue();
        assertThatThrownBy(() -> Glob.parseUri("a".repeat(257))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyRandomPatternIsMatchedAsANaiveMatcherWould() {
        Random random = new Random(20_261_124);
        int matches = 0;
        for (int round = 0; round < 50_000; round++) {
            String pattern = word(random, "ab*?", 1 + random.nextInt(8));
            String name = word(random, "ab", random.nextInt(9));
            boolean expected = naive(pattern, name);
            matches += expected ? 1 : 0;
            assertThat(Glob.parse(pattern).matches(name))
                    .as("%s on %s", pattern, name)
                    .isEqualTo(expected);
        }
        assertThat(matches).isBetween(5_000, 45_000);
    }

    @ParameterizedTest
    @CsvSource({
        "*, *",
        "*, sql_*",
        "**, *",
        "sql_*, sql_query",
        "sql_*, sql_*",
        "sql_*, sql_*_x",
        "*_x, sql_*_x",
        "sql_?, sql_?",
        "sql_?, sql_a",
        "a*c, a?c",
    })
    void patternCoversANarrowerOne(String wide, String narrow) {
        assertThat(Glob.parse(wide).covers(Glob.parse(narrow))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "sql_*, *",
        "sql_query, sql_*",
        "sql_?, sql_*",
        "?, *",
        "a?, ?a",
        "a*b, a*c",
        "sql_a, sql_?",
    })
    void patternDoesNotCoverAWiderOne(String pattern, String other) {
        assertThat(Glob.parse(pattern).covers(Glob.parse(other))).isFalse();
    }

    @Test
    void coveringAndMeetingOfRandomPatternsHoldForEveryName() {
        Random random = new Random(20_261_128);
        List<String> names = names("ab", 6);
        int covered = 0;
        int met = 0;
        for (int round = 0; round < 5_000; round++) {
            Glob one = Glob.parse(word(random, "ab*?", 1 + random.nextInt(4)));
            Glob other = Glob.parse(word(random, "ab*?", 1 + random.nextInt(4)));
            boolean meets = names.stream().anyMatch(name -> one.matches(name) && other.matches(name));
            assertThat(one.meets(other)).as("%s meets %s", one, other).isEqualTo(meets);
            if (one.covers(other)) {
                covered++;
                assertThat(names.stream().filter(other::matches))
                        .as("%s covers %s", one, other)
                        .allMatch(one::matches);
            }
            met += meets ? 1 : 0;
        }
        assertThat(covered).isBetween(500, 4_500);
        assertThat(met).isBetween(500, 4_500);
    }

    /** All names of these letters that are not longer. */
    private static List<String> names(String letters, int longest) {
        List<String> names = new ArrayList<>(List.of(""));
        for (int i = 0; i < names.size() && names.get(i).length() < longest; i++) {
            for (char letter : letters.toCharArray()) {
                names.add(names.get(i) + letter);
            }
        }
        return names;
    }

    @Test
    void longPatternsWithManyStarsAreComparedSoon() {
        Glob one = Glob.parse("a*".repeat(64));
        Glob other = Glob.parse("*a".repeat(63) + "b");
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            assertThat(one.meets(other)).isTrue();
            assertThat(other.covers(one)).isFalse();
        });
    }

    @Test
    void manyStarsOnALongNameEndSoon() {
        Glob hostile = Glob.parse("a*".repeat(63) + "b");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(hostile.matches("a".repeat(20_000))).isFalse());
    }

    @Test
    void globsAreEqualByTheirPattern() {
        assertThat(Glob.parse("a*"))
                .isEqualTo(Glob.parse("a*"))
                .hasSameHashCodeAs(Glob.parse("a*"))
                .hasToString("a*");
        assertThat(Glob.parse("a*")).isNotEqualTo(Glob.parse("a**"));
    }

    private static String word(Random random, String alphabet, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    private static boolean naive(String pattern, String name) {
        if (pattern.isEmpty()) {
            return name.isEmpty();
        }
        String rest = pattern.substring(1);
        if (pattern.charAt(0) == '*') {
            return naive(rest, name) || !name.isEmpty() && naive(pattern, name.substring(1));
        }
        return !name.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == name.charAt(0))
                && naive(rest, name.substring(1));
    }
}
