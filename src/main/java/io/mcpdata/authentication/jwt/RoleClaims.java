package io.mcpdata.authentication.jwt;

import io.mcpdata.config.RoleName;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The roles in a token. A path is a claim's name, or leads into objects with points between; names that hold points
 * themselves, such as URLs, are found because the longest name that is there goes first. Immutable.
 *
 * @param prefix only roles with it count, and they count without it
 */
record RoleClaims(List<String> paths, String prefix) {

    /**
     * The roles, each once, in the order of the paths. A claim of another kind than text or a list of it has none; a text
     * that no persona could list is none.
     */
    List<String> of(JsonObject claims) {
        return paths.stream()
                .flatMap(path -> texts(claims, path))
                .filter(role -> role.startsWith(prefix))
                .map(role -> role.substring(prefix.length()))
                .filter(RoleName::isRole)
                .distinct()
                .toList();
    }

    private static Stream<String> texts(JsonObject claims, String path) {
        boolean scope = path.equals("scope") || path.equals("scp");
        Set<String> texts = find(claims, path).flatMap(StringOrList::oneOrMore).orElse(Set.of());
        return texts.stream().flatMap(text -> scope ? Stream.of(text.split(" ")) : Stream.of(text));
    }

    private static Optional<JsonValue> find(JsonObject object, String path) {
        if (object.containsKey(path)) {
            return Optional.of(object.get(path));
        }
        for (int point = path.lastIndexOf('.'); point > 0; point = path.lastIndexOf('.', point - 1)) {
            if (object.get(path.substring(0, point)) instanceof JsonObject inner) {
                Optional<JsonValue> found = find(inner, path.substring(point + 1));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
