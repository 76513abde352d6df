package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import io.mcpdata.config.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** The REST client of the key administration. */
final class AdminClient {

    private final RestClient rest;

    AdminClient(ServerUrl server, Secret key) {
        rest = new RestClient(server, key, "/api/v1/keys", "key", "keys:manage");
    }

    JsonObject list() {
        return rest.json(rest.request("").GET(), 200);
    }

    JsonObject create(JsonObject wish) {
        return rest.json(withBody("", wish), 201);
    }

    void revoke(String keyId) {
        rest.send(rest.request("/" + keyId).DELETE(), 204);
    }

    JsonObject rotate(String keyId, JsonObject wish) {
        return rest.json(withBody("/" + keyId + "/rotate", wish), 201);
    }

    private HttpRequest.Builder withBody(String path, JsonObject body) {
        return rest.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
    }
}
