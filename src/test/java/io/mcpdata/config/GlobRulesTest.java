package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns: allow and deny of the rules, allow and deny of the limits. */
final class GlobRulesTest {

    private static List<Glob> globs(String text) {
        return Stream.of(text.split(" "))
                .filter(one -> !one.isEmpty())
                .map(Glob::parse)
                .toList();
    }

    private static List<Glob> beyond(String allow, String deny, String limitAllow, String limitDeny) {
        return new GlobRules(globs(allow), globs(deny)).beyond(new GlobRules(globs(limitAllow), globs(limitDeny)));
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', *, ''",
        "'', '', '', ''",
        "sql_*, '', *, ''",
        "sql_query, '', *, *_delete",
        "*, *_delete, *, *_delete",
        "*, *_delete x, *, *_delete",
        "*, *delete*, *, *_delete",
        "*, *, '', ''",
        "a* b*, '', b* a*, ''",
        "secret_*, secret*, sql_*, ''",
    })
    void rulesWithinTheLimitsAllowNothingBeyond(String allow, String deny, String limitAllow, String limitDeny) {
        assertThat(beyond(allow, deny, limitAllow, limitDeny)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*, '', sql_*, ''",
        "*, '', '', ''",
        "sql_*, '', sql_query, ''",
        "*, '', *, *_delete",
        "sql_*, '', *, *_delete",
        "*, x_delete, *, *_delete",
        "sql_delete, '', *, *_delete",
        // two globs together cover the one, which the rules do not detect
        "?*, '', a* ?, ''",
    })
    void whatIsOrMayBeBeyondIsNamed(String allow, String deny, String limitAllow, String limitDeny) {
        assertThat(beyond(allow, deny, limitAllow, limitDeny)).containsExactly(Glob.parse(allow));
    }
}
