package io.mcpdata.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
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
        assertThat(problems(schema, arguments.replace('\'', '"'))).containsExactly(problem);
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
        assertThat(String.join("; ", problems(alternatives, arguments.replace('\'', '"'))))
                .isEqualTo(problem);
    }

    @Test
    void goodArgumentsHaveNoProblem() {
        assertThat(problems(schema, "{\"connection\":\"c\",\"sql\":\"x\",\"max_rows\":10.0,\"parameters\":[1,null]}"))
                .isEmpty();
    }

    @Test
    void aProblemNeverShowsAValue() {
        String values = "{\"connection\":\"\",\"sql\":{\"a\":\"hunter2\"},\"max_rows\":-31337,\"order\":\"hunter2\","
                + "\"parameters\":[{\"hunter2\":1}]}";
        assertThat(problems(schema, values).toString()).doesNotContain("hunter2", "31337");
    }

    @Test
    void manyProblemsAreToldInABoundedMessage() {
        StringBuilder many = new StringBuilder("{\"x0\":1");
        for (int i = 1; i < 5_000; i++) {
            many.append(",\"").append("y".repeat(200)).append(i).append("\":1");
        }
        long started = System.nanoTime();
        assertThat(String.join("; ", problems(schema, many.append('}').toString())))
                .hasSizeLessThan(2_000);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'connection':'c','sql':'x','max_rows':null,'order':null} | {'connection':'c','sql':'x'}",
                "{'connection':'c','sql':null} | {'connection':'c','sql':null}",
                "{'connection':'c','sql':'x','toolCallId':'1','sessionId':null} | {'connection':'c','sql':'x'}",
                "{'connection':'c','sql':'x','parameters':[null,1]} | {'connection':'c','sql':'x','parameters':[null,1]}"
            })
    void nullIsNotGivenAndUnknownMembersArePassedOver(String arguments, String known) {
        assertThat(schema.known(Json.readObject(arguments.replace('\'', '"'))))
                .isEqualTo(Json.readObject(known.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'filter':{'a':null,'x':1}} | {'filter':{}}",
                "{'filter':null} | {}",
                "{'lines':[{'a':'b','x':1},{'a':null},7]} | {'lines':[{'a':'b'},{},7]}",
                "{'free':{'x':null,'y':1},'labels':{'x':null}} | {'free':{'x':null,'y':1},'labels':{'x':null}}"
            })
    void objectsWithinAreCleanedTooUnlessTheyTakeAnyMember(String arguments, String known) {
        ArgumentSchema nested = new ArgumentSchema(Json.readObject("""
                {"type": "object", "$defs": {}, "properties": {
                  "filter": {"type": "object", "properties": {"a": {"type": "string"}}},
                  "lines": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
                  "free": {"type": "object"},
                  "labels": {"type": "object", "properties": {}, "additionalProperties": {"type": ["string", "null"]}}}}"""));
        assertThat(nested.known(Json.readObject(arguments.replace('\'', '"'))))
                .isEqualTo(Json.readObject(known.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'connection':'c','sq':'x'} | arguments lacks sql (string); sq is not known; known are connection, sql,"
                        + " max_rows, order, parameters",
                "{'connection':'c','sq':'x','i\\nd':1} | arguments lacks sql (string); sq and i?d are not known; known are"
                        + " connection, sql, max_rows, order, parameters",
                "{'connection':'c','sql':'x','sq':1} | ``"
            })
    void aMissingMemberNamesTheUnknownOneBesideIt(String arguments, String problem) {
        JsonObject given = Json.readObject(arguments.replace('\'', '"'));
        assertThat(String.join("|", schema.problems(schema.known(given), given)))
                .isEqualTo(problem);
    }

    private static List<String> problems(ArgumentSchema schema, String arguments) {
        JsonObject given = Json.readObject(arguments);
        return schema.problems(given, given);
    }
}
