import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.StringReader;
import java.util.Map;

/** Answers a JSON-RPC request with its own parameters. */
@Path("/echo")
@ApplicationScoped
public class OpenEcho {

    static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    @POST
    @Consumes("application/json")
    @Produces("application/json")
    public String echo(String body) {
        return answer(body);
    }

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
