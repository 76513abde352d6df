import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.Map;

/** The answer of every floor: a JSON-RPC response with the parameters of its request. */
final class Echo {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private Echo() {}

    static String answer(String body) {
        try (JsonReader reader = READERS.createReader(new StringReader(body))) {
            var request = reader.readObject();
            return BUILDERS.createObjectBuilder()
                    .add("jsonrpc", "2.0")
                    .add("id", request.get("id"))
                    .add("result", request.get("params"))
                    .build()
                    .toString();
        }
    }
}
