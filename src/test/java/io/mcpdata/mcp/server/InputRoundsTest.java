package io.mcpdata.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.gateway.InputRequiredException;
import io.mcpdata.gateway.Seal;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.InputRequest;
import io.mcpdata.protocol.JsonRpcId;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.ProtocolException;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that come with the next request of a client, and the state between two requests. */
final class InputRoundsTest {

    private static final String CALL = "\"name\":\"t\",\"arguments\":{\"a\":1,\"b\":2}";
    private static final Map<String, InputRequest> NAME = Map.of("name", InputRequest.roots());
    private static final Map<String, InputRequest> AGE = Map.of("age", InputRequest.roots());

    private final Seal seal = Seal.ofRandomKey();

    @Test
    void answersOfEarlierRoundsComeBackInTheState() {
        String first = state("ann", "tools/call", CALL, NAME);
        String both =
                CALL + ",\"inputResponses\":{\"name\":{\"v\":\"Ann\"},\"other\":{}},\"requestState\":\"" + first + "\"";
        assertThat(rounds("ann", "tools/call", both).ask(NAME)).isEqualTo(Map.of("name", answer("Ann")));

        String second = state("ann", "tools/call", both, AGE);
        String last = CALL + ",\"inputResponses\":{\"age\":{\"v\":\"7\"}},\"requestState\":\"" + second + "\"";
        InputRounds rounds = rounds("ann", "tools/call", last);
        assertThat(rounds.ask(NAME)).isEqualTo(Map.of("name", answer("Ann")));
        assertThat(rounds.ask(AGE)).isEqualTo(Map.of("age", answer("7")));
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void wrongKeyIsAskedForAgain() {
        assertThat(required("ann", "tools/call", CALL + ",\"inputResponses\":{\"wrong\":{}}", NAME)
                        .result()
                        .requests())
                .containsOnlyKeys("name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bob | tools/call   | "name":"t","arguments":{"a":1,"b":2}
                    ann | prompts/get  | "name":"t","arguments":{"a":1,"b":2}
                    ann | tools/call   | "name":"u","arguments":{"a":1,"b":2}
                    ann | tools/call   | "name":"t","arguments":{"a":1,"b":3}
                    ann | tools/call   | "name":"t","arguments":{"a":1}
                    ann | tools/call   | "name":"t"
                    """)
    void stateIsOfOneCallerMethodAndRequest(String caller, String method, String params) {
        String state = ",\"requestState\":\"" + state("ann", "tools/call", CALL, NAME) + "\"";

        assertThatThrownBy(() -> rounds(caller, method, params + state).ask(NAME))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("not the one that this server gave you for this request");
    }

    @Test
    void orderOfMembersAndMetaDoNotMatter() {
        String state = state("ann", "tools/call", CALL, NAME);

        assertThat(rounds(
                                "ann",
                                "tools/call",
                                "\"_meta\":{\"x\":1},\"inputResponses\":{\"name\":{\"v\":\"Ann\"}},\"requestState\":\""
                                        + state + "\",\"arguments\":{\"b\":2,\"a\":1},\"name\":\"t\"")
                        .ask(NAME))
                .isEqualTo(Map.of("name", answer("Ann")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"x\"", "\"eyJhbnN3ZXJzIjp7fX0.AAAA\"", "7", "null", "{}"})
    void stateThatTheServerDidNotMakeIsRefused(String state) {
        assertThatThrownBy(() -> rounds("ann", "tools/call", CALL + ",\"requestState\":" + state)
                        .ask(NAME))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void responseThatIsNoObjectIsRefused() {
        assertThatThrownBy(() -> rounds("ann", "tools/call", CALL + ",\"inputResponses\":{\"name\":7}")
                        .ask(NAME))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("params.inputResponses must be an object of objects");
    }

    private String state(String caller, String method, String params, Map<String, InputRequest> asked) {
        return required(caller, method, params, asked).result().requestState();
    }

    private InputRequiredException required(
            String caller, String method, String params, Map<String, InputRequest> asked) {
        return catchThrowableOfType(
                InputRequiredException.class,
                () -> rounds(caller, method, params).ask(asked));
    }

    private InputRounds rounds(String caller, String method, String params) {
        return new InputRounds(
                seal, caller, new JsonRpcRequest(JsonRpcId.of(1), method, Json.readObject("{" + params + "}")));
    }

    private static JsonObject answer(String value) {
        return Json.object().add("v", value).build();
    }
}
