package io.mcpdata.authentication.apikey;

import io.mcpdata.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;

/** The text of an audit row about a changed key, as JSON. */
final class KeyChangeText {

    private KeyChangeText() {}

    static String of(StoredKey key) {
        return object(key).build().toString();
    }

    static String rotated(StoredKey old, StoredKey made, Duration overlap) {
        return object(made)
                .add("replaces", old.id())
                .add("overlap", overlap.toString())
                .build()
                .toString();
    }

    /** @param what the id or name of the key in a refused change */
    static String about(String what) {
        return Json.object().add("key", what).build().toString();
    }

    private static JsonObjectBuilder object(StoredKey stored) {
        JsonObjectBuilder object = Json.object()
                .add("key_id", stored.id())
                .add("name", stored.key().name())
                .add("roles", Json.strings(stored.key().roles()));
        stored.key().expiresAt().ifPresent(end -> object.add("expires_at", end.toString()));
        return object;
    }
}
