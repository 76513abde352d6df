package io.mcpdata.stdio;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/** The problem document of a refusal (RFC 9457), as far as the server sent one. Safe for a terminal. */
record Problem(String detail, String requestId) {

    static Problem in(String body) {
        return Json.read(body)
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .map(json -> new Problem(
                        text(json, "detail").or(() -> text(json, "title")).orElse(""),
                        text(json, "request_id").orElse("")))
                .orElse(new Problem("", ""));
    }

    private static Optional<String> text(JsonObject json, String member) {
        return Optional.ofNullable(json.get(member))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .map(Printable::of);
    }

    /** The detail, or the fallback if there is none, and the request id to search for in the log. */
    String or(String fallback) {
        String text = detail.isEmpty() ? fallback : detail;
        return requestId.isEmpty() ? text : text + " (request " + requestId + ")";
    }
}
