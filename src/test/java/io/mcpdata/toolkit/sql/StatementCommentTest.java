package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatementCommentTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void commentHasTheRequestAndTheTrace() {
        assertThat(StatementComment.of("0123456789abcdef01", TRACE).text())
                .isEqualTo("/* request_id=0123456789abcdef01, traceparent=" + TRACE + " */ ");
        assertThat(StatementComment.of("0123456789abcdef01", "").text())
                .isEqualTo("/* request_id=0123456789abcdef01 */ ");
        assertThat(StatementComment.of("", "")).isEqualTo(StatementComment.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/ DROP TABLE a; /*", "a b", "a\n", "g", "A", "--", "0--1", "?", "'", "!", "+"})
    void otherTextIsLeftOut(String value) {
        assertThat(StatementComment.of(value, value)).isEqualTo(StatementComment.NONE);
    }

    @Test
    void longValueIsLeftOut() {
        assertThat(StatementComment.of("0".repeat(65), "")).isEqualTo(StatementComment.NONE);
    }
}
