package io.mcpdata.admin;

import io.mcpdata.authentication.apikey.CreatedKey;
import io.mcpdata.authentication.apikey.KeyListing;
import io.mcpdata.authentication.apikey.KeyMaker;
import io.mcpdata.authentication.apikey.KeyUse;
import io.mcpdata.authentication.apikey.StoredKey;
import io.mcpdata.config.ApiKeyConfig;
import io.mcpdata.config.NetworkRange;
import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;

/** Writes keys as JSON. */
final class KeyJson {

    private KeyJson() {}

    /** The only answer that contains a key. */
    static String made(CreatedKey made) {
        return Json.write(described(
                        Json.object().add("key", made.value().reveal()),
                        KeyListing.unused(made.stored(), made.stored().createdAt()))
                .build());
    }

    /** One key, without its use: the text changes only when the key does, or its status. */
    static String one(KeyListing listing) {
        return Json.write(described(Json.object(), listing).build());
    }

    static String listed(List<KeyListing> listings) {
        JsonArrayBuilder keys = Json.array();
        listings.forEach(listing -> keys.add(described(Json.object(), listing)));
        return Json.write(Json.object().add("keys", keys).build());
    }

    private static JsonObjectBuilder described(JsonObjectBuilder json, KeyListing listing) {
        ApiKeyConfig key = listing.key();
        boolean stored = listing.stored().isPresent();
        json.add("key_id", key.digest().id())
                .add("name", key.name())
                .add("roles", Json.strings(key.roles()))
                .add("source", stored ? "store" : "file")
                .add("read_only", !stored)
                .add("status", listing.status().label());
        key.description().ifPresent(text -> json.add("description", text));
        key.email().ifPresent(text -> json.add("email", text));
        listing.stored().ifPresent(more -> provenance(json, more));
        key.notBefore().ifPresent(at -> json.add("not_before", at.toString()));
        key.expiresAt().ifPresent(at -> json.add("expires_at", at.toString()));
        if (!key.allowedNetworks().isEmpty()) {
            json.add(
                    "allowed_networks",
                    Json.strings(key.allowedNetworks().stream()
                            .map(NetworkRange::toString)
                            .toList()));
        }
        listing.lastUse().ifPresent(use -> json.add("last_used", used(use)));
        return json;
    }

    private static void provenance(JsonObjectBuilder json, StoredKey stored) {
        KeyMaker maker = stored.createdBy();
        json.add("created_by", maker.name());
        if (!maker.identity().isEmpty()) {
            json.add("created_by_identity", maker.identity()).add("created_by_credential", maker.credentialId());
        }
        json.add("created_at", stored.createdAt().toString());
        stored.replacedBy().ifPresent(id -> json.add("replaced_by", id));
        stored.revokedAt().map(Instant::toString).ifPresent(at -> json.add("revoked_at", at));
    }

    private static JsonObjectBuilder used(KeyUse use) {
        return Json.object()
                .add("at", use.at().toString())
                .add("address", use.address())
                .add("count", use.count());
    }
}
