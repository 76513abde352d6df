package io.mcpdata.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.json.Json;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcNotification;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcRequest;
import io.mcpdata.protocol.JsonRpcMessage.JsonRpcResponse;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonRpcCodecTest {

    private static final int MAX_BYTES = 1_048_576;
    private static final int MAX_DEPTH = 64;

    private final JsonRpcCodec codec = new JsonRpcCodec(MAX_BYTES, MAX_DEPTH);

    @Test
    void messageWithMethodAndIdIsARequest() {
        JsonRpcMessage message =
                parse("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\",\"params\":{\"a\":[1,true]}}");

        assertThat(message).isInstanceOfSatisfying(JsonRpcRequest.class, request -> {
            assertThat(request.id()).isEqualTo(JsonRpcId.of(7));
            assertThat(request.method()).isEqualTo("ping");
            assertThat(request.params()).isEqualTo(Json.readObject("{\"a\":[1,true]}"));
        });
    }

    @Test
    void messageWithMethodAndWithoutIdIsANotification() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"))
                .isEqualTo(new JsonRpcNotification("notifications/initialized", Json.readObject("{}")));
    }

    @Test
    void messageWithResultOrErrorIsAResponse() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}")).isInstanceOf(JsonRpcResponse.class);
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":{\"code\":1,\"message\":\"m\"}}"))
                .isInstanceOf(JsonRpcResponse.class);
    }

    @Test
    void absentAndNullParametersAreEmpty() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":null}"))
                .isEqualTo(parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\"", "\"\"", "0", "-1", "9007199254740993", "\"\\u0000\""})
    void idsAreSentBackAsTheyCame(String id) {
        JsonRpcMessage message = parse("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");

        assertThat(message)
                .isInstanceOfSatisfying(
                        JsonRpcRequest.class,
                        request -> assertThat(JsonRpc.result(request.id(), "{}"))
                                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1.0", "1.5", "1e2", "true", "{}", "[1]", "12345678901234567890"})
    void idsOfAnotherTypeAreRefused(String id) {
        assertRefused("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}", ErrorCode.INVALID_REQUEST);
    }

    @Test
    void idThatIsTooLongIsRefused() {
        assertRefused(
                "{\"jsonrpc\":\"2.0\",\"id\":\"" + "x".repeat(257) + "\",\"method\":\"ping\"}",
                ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}",
                "{\"jsonrpc\":\"2.0\",\"result\":{}}",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
                "[]",
                "\"ping\"",
                "7",
                "null"
            })
    void jsonThatIsNoMessageIsAnInvalidRequest(String text) {
        assertRefused(text, ErrorCode.INVALID_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1",
                "{\"a\":}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":-}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":tru}",
                "{} {}",
                "{}x",
                "{}]",
                "}",
                "/* no */ {}",
                "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"
            })
    void whatIsNotJsonIsAParseError(String text) {
        assertRefused(text, ErrorCode.PARSE_ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":{\"b\":1,\"b\":2}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"\\u006dethod\":\"tools/call\"}"
            })
    void memberGivenTwiceIsRefusedHoweverItIsSpelled(String text) {
        assertRefused(text, ErrorCode.PARSE_ERROR);
    }

    @Test
    void nestingIsAllowedUpToTheLimitAndNotBeyond() {
        assertThat(codec.parse(nested(MAX_DEPTH - 2).getBytes(UTF_8))).isInstanceOf(JsonRpcRequest.class);
        assertRefused(nested(MAX_DEPTH - 1), ErrorCode.PARSE_ERROR);
    }

    @Test
    void hundredThousandLevelsEndAtOnceAndNotInAStackOverflow() {
        assertRefused("[".repeat(100_000), ErrorCode.PARSE_ERROR);
        assertRefused("{\"a\":".repeat(100_000), ErrorCode.PARSE_ERROR);
    }

    @Test
    void sizeIsAllowedUpToTheLimitAndNotBeyond() {
        String start = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"";
        String fits = start + "m".repeat(MAX_BYTES - start.length() - 2) + "\"}";

        assertThat(parse(fits)).isInstanceOf(JsonRpcRequest.class);
        assertRefused(fits + " ", ErrorCode.INVALID_REQUEST);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] good = "{\"jsonrpc\":\"2.0\",\"id\":\"??\",\"method\":\"ping\"}".getBytes(UTF_8);
        int at = new String(good, UTF_8).indexOf("??");
        byte[][] bad = {
            {(byte) 0xC3, '?'}, // the second byte is missing
            {(byte) 0xC0, (byte) 0xAF}, // an overlong slash
            {(byte) 0xFF, '?'},
            {(byte) 0x80, '?'}
        };
        for (byte[] pair : bad) {
            byte[] message = good.clone();
            message[at] = pair[0];
            message[at + 1] = pair[1];

            ProtocolException refused = catchThrowableOfType(ProtocolException.class, () -> codec.parse(message));

            assertThat(refused.code()).isEqualTo(ErrorCode.PARSE_ERROR);
        }
    }

    @Test
    void utf16IsNotUtf8() {
        byte[] utf16 = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_16LE);

        assertThatThrownBy(() -> codec.parse(utf16)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00", "\\udc00\\ud800", "a\\ud83dz", "\\ud800\\ud800\\udc00"})
    void halfASurrogatePairIsRefused(String half) {
        assertRefused("{\"jsonrpc\":\"2.0\",\"id\":\"" + half + "\",\"method\":\"ping\"}", ErrorCode.PARSE_ERROR);
        assertRefused(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"" + half + "\":1}}",
                ErrorCode.PARSE_ERROR);
    }

    @Test
    void wholeSurrogatePairIsACharacter() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":\"\\ud83d\\ude00\",\"method\":\"ping\"}"))
                .isEqualTo(parse("{\"jsonrpc\":\"2.0\",\"id\":\"\ud83d\ude00\",\"method\":\"ping\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "1E-1000000000", "1e+1000", "-1e99999"})
    void exponentThatWouldExplodeIsRefused(String number) {
        assertRefused(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"n\":" + number + "}}",
                ErrorCode.PARSE_ERROR);
    }

    @Test
    void millionDigitsAreRefusedWithoutBeingTurnedIntoANumber() {
        String text =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"n\":" + "9".repeat(1_000_000) + "}}";

        Assertions.assertThatCode(() -> org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> assertRefused(text, ErrorCode.PARSE_ERROR)))
                .doesNotThrowAnyException();
    }

    @Test
    void numbersKeepTheirValue() {
        assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"n\":-1.25e-3}}"))
                .isInstanceOfSatisfying(
                        JsonRpcRequest.class,
                        request -> assertThat(
                                        request.params().getJsonNumber("n").doubleValue())
                                .isEqualTo(-0.00125));
    }

    @Test
    void refusalEchoesNothingOfTheMessage() {
        for (String text : new String[] {
            "{\"canary-4711\"", "{\"canary-4711\":1,\"canary-4711\":2}", "{\"jsonrpc\":\"canary-4711\"}", "canary-4711"
        }) {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOf(ProtocolException.class)
                    .satisfies(refused -> {
                        assertThat(refused.getMessage()).doesNotContain("canary");
                        assertThat(refused.getCause()).isNull();
                    });
        }
    }

    @Test
    void codecAnswersEveryInputWithAMessageOrAProtocolError() {
        Random random = new Random(20_241_105);
        byte[] seed =
                "{\"jsonrpc\":\"2.0\",\"id\":\"\u00e9\",\"method\":\"tools/call\",\"params\":{\"a\":[1,2.5e3,null]}}"
                        .getBytes(UTF_8);
        for (int round = 0; round < 20_000; round++) {
            byte[] mutated = seed.clone();
            for (int flips = random.nextInt(4) + 1; flips > 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(codec.parse(mutated)).isNotNull();
            } catch (ProtocolException expected) {
                assertThat(expected.code()).isIn(ErrorCode.PARSE_ERROR, ErrorCode.INVALID_REQUEST);
            }
        }
    }

    private static String nested(int arrays) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":" + "[".repeat(arrays)
                + "]".repeat(arrays) + "}}";
    }

    private JsonRpcMessage parse(String text) {
        return codec.parse(text.getBytes(UTF_8));
    }

    private void assertRefused(String text, ErrorCode code) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
