package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.mcpdata.config.KeyDigest;
import io.mcpdata.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests to one part of the platform's REST. Every refusal becomes one line that says what to do. */
final class RestClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerUrl server;
    private final Secret key;
    private final String base;
    private final String thing;
    private final String permission;
    private final HttpClient http = PlatformHttp.client();

    /**
     * @param base the path before all others
     * @param thing what is there, for messages
     * @param permission what the key needs
     */
    RestClient(ServerUrl server, Secret key, String base, String thing, String permission) {
        this.server = server;
        this.key = key;
        this.base = base;
        this.thing = thing;
        this.permission = permission;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.at(base + path))
                .header("Accept", "application/json, application/problem+json")
                .header("Authorization", "Bearer " + key.reveal());
    }

    /** The body of the answer, which must have this status. */
    String send(HttpRequest.Builder request, int expected) {
        return send(request, expected, PATIENCE);
    }

    private String send(HttpRequest.Builder request, int expected, Duration patience) {
        HttpResponse<String> response = response(request.timeout(patience), BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw refusal(response.statusCode(), response, response.body());
        }
        return response.body();
    }

    JsonObject json(HttpRequest.Builder request, int expected) {
        return json(request, expected, PATIENCE);
    }

    /** The same, for an answer that takes longer. */
    JsonObject json(HttpRequest.Builder request, int expected, Duration patience) {
        return Json.read(send(request, expected, patience))
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .orElseThrow(() ->
                        new CommandFailed("an answer that is not JSON; is " + server + " the base URL of a platform?"));
    }

    /** The body of a long answer, which the caller closes. */
    InputStream open(HttpRequest.Builder request) {
        // no timeout: newer Java versions apply it to the whole body
        HttpResponse<InputStream> response = response(request.setHeader("Accept", "*/*"), BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            String problem = new String(body.readNBytes(64 * 1024), StandardCharsets.UTF_8);
            throw refusal(response.statusCode(), response, problem);
        } catch (IOException e) {
            throw new CommandFailed(Unreachable.because(e, server));
        }
    }

    private <T> HttpResponse<T> response(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new CommandFailed(Unreachable.because(e, server));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private CommandFailed refusal(int status, HttpResponse<?> response, String body) {
        Problem problem = Problem.in(body);
        String later = response.headers()
                .firstValue("Retry-After")
                .map(seconds -> "; try again in " + seconds + " s")
                .orElse("; try again later");
        String text = switch (status) {
            case 400, 422 -> problem.or("the server does not understand the request");
            case 401 ->
                "the server does not accept the key " + ownId() + "; compare it with 'check --key-stdin': "
                        + problem.or("unknown, expired or removed");
            case 403 ->
                "the key " + ownId() + " may not do this: " + problem.or("it needs the permission " + permission);
            case 404 -> problem.or("no such " + thing + ", or no platform at " + server);
            case 409 -> problem.or("the key is in platform.yaml, so it is changed there");
            case 429 -> "too many attempts" + later + ": " + problem.or("slow down");
            case 503 -> "the server cannot answer now" + later + ": " + problem.or("not available");
            default -> problem.or("an answer that no platform gives; is " + server + " its base URL?");
        };
        return new CommandFailed(status + ": " + text);
    }

    private String ownId() {
        return KeyDigest.of(key.reveal()).id();
    }
}
