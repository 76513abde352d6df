package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import io.mcpdata.config.Secret;
import java.net.http.HttpRequest.BodyPublishers;

/** The REST client of the questions about access. */
final class AccessClient {

    private final RestClient rest;

    AccessClient(ServerUrl server, Secret key) {
        rest = new RestClient(server, key, "/api/v1/access", "key", "personas:read");
    }

    JsonObject ask(JsonObject question) {
        return rest.json(
                rest.request("")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(question.toString())),
                200);
    }
}
