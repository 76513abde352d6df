package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The REST client of the key administration. Every refusal becomes one line that says what to do. */
final class AdminClient {

    private static final String KEYS = "/api/v1/keys";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerUrl server;
    private final Secret key;
    private final HttpClient http = PlatformHttp.client();

    AdminClient(ServerUrl server, Secret key) {
        this.server = server;
        this.key = key;
    }

    JsonObject list() {
        return json(send(request("").GET(), 200));
    }

    JsonObject create(JsonObject wish) {
        return json(send(withBody("", wish), 201));
    }

    void revoke(String keyId) {
        send(request("/" + keyId).DELETE(), 204);
    }

    JsonObject rotate(String keyId, JsonObject wish) {
        return json(send(withBody("/" + keyId + "/rotate", wish), 201));
    }

    private HttpRequest.Builder withBody(String path, JsonObject body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.at(KEYS + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json, application/problem+json")
                .header("Authorization", "Bearer " + key.reveal());
    }

    private String send(HttpRequest.Builder request, int expected) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != expected) {
                throw refusal(response);
            }
            return response.body();
        } catch (IOException e) {
            throw new CommandFailed(Unreachable.because(e, server));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private CommandFailed refusal(HttpResponse<String> response) {
        Problem problem = Problem.in(response.body());
        String later = response.headers()
                .firstValue("Retry-After")
                .map(seconds -> "; try again in " + seconds + " s")
                .orElse("; try again later");
        String text = switch (response.statusCode()) {
            case 400, 422 -> problem.or("the server does not understand the request");
            case 401 ->
                "the server does not accept the key " + ownId() + "; compare it with 'check --key-stdin': "
                        + problem.or("unknown, expired or removed");
            case 403 -> "the key " + ownId() + " may not do this: " + problem.or("it needs the permission keys:manage");
            case 404 -> problem.or("no such key, or no platform at " + server);
            case 409 -> problem.or("the key is in platform.yaml, so it is changed there");
            case 429 -> "too many attempts" + later + ": " + problem.or("slow down");
            case 503 -> "the server cannot answer now" + later + ": " + problem.or("not available");
            default -> problem.or("an answer that no platform gives; is " + server + " its base URL?");
        };
        return new CommandFailed(response.statusCode() + ": " + text);
    }

    private String ownId() {
        return KeyDigest.of(key.reveal()).id();
    }

    private JsonObject json(String body) {
        return Json.read(body)
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .orElseThrow(() ->
                        new CommandFailed("an answer that is not JSON; is " + server + " the base URL of a platform?"));
    }
}
