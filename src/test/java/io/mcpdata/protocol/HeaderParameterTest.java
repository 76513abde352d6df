package io.mcpdata.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HeaderParameterTest {

    @Test
    void marksAreFoundAtAnyDepthOfProperties() {
        assertThat(HeaderParameter.in(Json.readObject("""
                {"type": "object", "properties": {
                  "region": {"type": "string", "x-mcp-header": "Region"},
                  "options": {"properties": {"limit": {"type": "integer", "x-mcp-header": "Limit"}}},
                  "sql": {"type": "string", "default": {"x-mcp-header": "no mark, but data"}}}}""")))
                .containsExactly(
                        new HeaderParameter("Mcp-Param-Region", List.of("region")),
                        new HeaderParameter("Mcp-Param-Limit", List.of("options", "limit")));
    }

    /** Clients leave out a tool with such a mark. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'properties': {'a': {'type': 'string', 'x-mcp-header': ''}}}",
                "{'properties': {'a': {'type': 'string', 'x-mcp-header': 'two words'}}}",
                "{'properties': {'a': {'type': 'string', 'x-mcp-header': 7}}}",
                "{'properties': {'a': {'type': 'number', 'x-mcp-header': 'A'}}}",
                "{'properties': {'a': {'type': ['string', 'null'], 'x-mcp-header': 'A'}}}",
                "{'properties': {'a': {'x-mcp-header': 'A'}}}",
                "{'x-mcp-header': 'A', 'type': 'string'}",
                "{'properties': {'a': {'items': {'type': 'string', 'x-mcp-header': 'A'}}}}",
                "{'properties': {'a': {'anyOf': [{'type': 'string', 'x-mcp-header': 'A'}]}}}",
                "{'$defs': {'d': {'properties': {'a': {'type': 'string', 'x-mcp-header': 'A'}}}}}",
                "{'properties': {'a': {'type': 'string', 'x-mcp-header': 'A'}, 'b': {'type': 'string', 'x-mcp-header': 'a'}}}"
            })
    void markThatBreaksARuleIsRefused(String schema) {
        assertThatThrownBy(() -> HeaderParameter.in(json(schema)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("x-mcp-header of ");
    }

    @ParameterizedTest
    @CsvSource({
        "{'a': {'b': 'x'}}, true",
        "{'a': {'b': ''}}, true",
        "{'a': {'b': null}}, false",
        "{'a': {}}, false",
        "{'a': 'x'}, false",
        "{}, false"
    })
    void valueIsReadAtTheExactPath(String arguments, boolean given) {
        HeaderParameter parameter = new HeaderParameter("Mcp-Param-B", List.of("a", "b"));
        assertThat(parameter.value(json(arguments)).isPresent()).isEqualTo(given);
        assertThat(parameter.value(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|\"a\"|true",
                "A|\"a\"|false",
                "42|42|true",
                "42.0|42|true",
                "42|42.0|true",
                "43|42|false",
                "1E1|10|false",
                "42|\"42\"|true",
                "x|42|false",
                "true|true|true",
                "false|false|true",
                "True|true|false",
                "true|false|false",
                "[]|[]|false"
            })
    void textIsComparedAsAValueOfItsType(String text, String value, boolean same) {
        assertThat(HeaderParameter.isSame(text, json("{'v': " + value + "}").getValue("/v")))
                .isEqualTo(same);
    }

    private static JsonObject json(String quoted) {
        return Json.readObject(quoted.replace('\'', '"'));
    }
}
