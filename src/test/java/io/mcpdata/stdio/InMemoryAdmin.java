package io.mcpdata.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.mcpdata.authentication.apikey.KeyFormat;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The part of the admin REST that a page of documentation uses: one key, which can be rotated and revoked. */
final class InMemoryAdmin {

    private static final String BASE = "/api/v1/keys";

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** The path that {@link #answer} is to be asked at. */
    static String path() {
        return BASE;
    }

    /** Method and what follows the path of the collection. */
    List<String> calls() {
        return calls;
    }

    void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String method = exchange.getRequestMethod();
        String rest =
                exchange.getRequestURI().getPath().substring(BASE.length()).replaceFirst("^/", "");
        calls.add(rest.isEmpty() ? method : method + " " + rest);
        if (!("Bearer " + InMemoryPlatform.KEY)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, "{\"detail\":\"unknown key\"}");
        } else if (method.equals("GET")) {
            send(exchange, 200, "{\"keys\":[" + key("") + "]}");
        } else if (method.equals("POST")) {
            String made = KeyFormat.generate(new SecureRandom()).reveal();
            send(exchange, 201, key("\"key\":\"" + made + "\","));
        } else {
            send(exchange, 204, "");
        }
    }

    private static String key(String secret) {
        return "{" + secret
                + "\"key_id\":\"0a1b2c3d4e5f\",\"name\":\"etl\",\"roles\":[\"service\"],\"source\":\"store\","
                + "\"read_only\":false,\"status\":\"active\"}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
