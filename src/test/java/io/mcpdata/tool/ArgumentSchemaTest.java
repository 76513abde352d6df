package io.mcpdata.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.mcp.protocol.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentSchemaTest {

    private final ArgumentSchema schema = new ArgumentSchema(Json.readObject(RecordingTool.SCHEMA));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | arguments lacks connection (string) and sql (string)",
                "{'connection':'c'} | arguments lacks sql (string)",
                "{'connection':1,'sql':'x'} | arguments.connection must be string",
                "{'connection':'','sql':'x'} | arguments.connection must have at least 1 characters",
                "{'connection':'c','sql':'x','max_rows':0} | arguments.max_rows must be at least 1",
                "{'connection':'c','sql':'x','max_rows':1e999999999} | arguments.max_rows must be at most 100000",
                "{'connection':'c','sql':'x','max_rows':1.5} | arguments.max_rows must be integer",
                "{'connection':'c','sql':'x','max_rows':'10'} | arguments.max_rows must be integer",
                "{'connection':'c','sql':'x','order':'left'} | arguments.order must be one of [\"up\",\"down\"]",
                "{'connection':'c','sql':'x','parameters':[[]]} | arguments.parameters[0] must be string or number or null",
                "{'connection':'c','sql':'x','parameters':[1,2,3]} | arguments.parameters must have at most 2 elements",
                "{'connection':'c','sql':'x','limit':5} | arguments.limit is not known; known are connection, sql, max_rows,"
                        + " order, parameters",
                "{'connection':'c','sql':'x','a\\nb':5} | arguments.a?b is not known; known are connection, sql, max_rows,"
                        + " order, parameters"
            })
    void aProblemNamesThePlaceAndWhatIsExpected(String arguments, String problem) {
        assertThat(schema.problems(Json.readObject(arguments.replace('\'', '"'))))
                .containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'p':[[]]} | arguments.p[0] must be string or null",
                "{'p':['long enough']} | arguments.p[0] must satisfy one of the alternatives of the input schema",
                "{'p':['a',null]} | ``"
            })
    void alternativesAreOneProblem(String arguments, String problem) {
        ArgumentSchema alternatives = new ArgumentSchema(
                Json.readObject("{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"array\",\"items\":{\"anyOf\":["
                        + "{\"type\":\"string\",\"maxLength\":3},{\"type\":\"null\"}]}}}}"));
        assertThat(String.join("; ", alternatives.problems(Json.readObject(arguments.replace('\'', '"')))))
                .isEqualTo(problem);
    }

    @Test
    void goodArgumentsHaveNoProblem() {
        assertThat(schema.problems(Json.readObject(
                        "{\"connection\":\"c\",\"sql\":\"x\",\"max_rows\":10.0,\"parameters\":[1,null]}")))
                .isEmpty();
    }

    @Test
    void aProblemNeverShowsAValue() {
        String values = "{\"connection\":\"\",\"sql\":{\"a\":\"hunter2\"},\"max_rows\":-31337,\"order\":\"hunter2\","
                + "\"parameters\":[{\"hunter2\":1}]}";
        assertThat(schema.problems(Json.readObject(values)).toString()).doesNotContain("hunter2", "31337");
    }

    @Test
    void manyProblemsAreToldInABoundedMessage() {
        StringBuilder many = new StringBuilder("{\"x0\":1");
        for (int i = 1; i < 5_000; i++) {
            many.append(",\"").append("y".repeat(200)).append(i).append("\":1");
        }
        long started = System.nanoTime();
        assertThat(String.join(
                        "; ", schema.problems(Json.readObject(many.append('}').toString()))))
                .hasSizeLessThan(2_000);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }
}
