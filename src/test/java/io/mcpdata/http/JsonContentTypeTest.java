package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonContentTypeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json; charset=UTF-8",
                "application/json ; charset=\"utf-8\"",
                "application/json;charset=utf8"
            })
    void jsonInUtf8IsTaken(String type) {
        assertThat(JsonContentType.is(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json-patch+json",
                "application/jsonx",
                "application/json; charset=utf-16",
                "application/json; charset=iso-8859-1",
                "text/plain; application/json",
                "application/json, text/plain"
            })
    void everythingElseIsNot(String type) {
        assertThat(JsonContentType.is(type)).isFalse();
    }

    @Test
    void nothingIsNotJson() {
        assertThat(JsonContentType.is(null)).isFalse();
    }
}
