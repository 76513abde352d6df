package io.mcpdata.stdio;

import com.google.gson.JsonObject;
import io.mcpdata.config.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;

/** The REST client of the store. */
final class StoreClient {

    /** A store of many gigabytes takes minutes. */
    private static final Duration BACKUP_TIMEOUT = Duration.ofHours(1);

    private final RestClient rest;

    StoreClient(ServerUrl server, Secret key) {
        rest = new RestClient(server, key, "/api/v1/store", "store", "platform:admin");
    }

    JsonObject backUp() {
        HttpRequest.Builder request = rest.request("/backup").POST(BodyPublishers.noBody());
        return rest.json(request, 201, BACKUP_TIMEOUT);
    }
}
