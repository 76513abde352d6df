package io.mcpdata.authentication.jwt;

import io.mcpdata.config.RoleName;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The roles in a token. A path is the name of a claim, or names separated by points that lead into objects. Names that
 * contain points themselves, such as URLs, are found because the longest existing name is tried first. Immutable.
 *
 * @param prefix only roles with it count, and they count without it
 * @param memberNames whether the names of an object's members are its texts
 */
record RoleClaims(List<String> paths, String prefix, boolean memberNames) {

    /** The claim of Entra ID, and the one that OpenID Connect Core, section 5.6.2, names for claims found elsewhere. */
    private static final String GROUPS_LEFT_OUT = "hasgroups";

    private static final String ELSEWHERE = "_claim_names";

    /**
     * The roles, each once, in the order of the paths. A claim that is neither text nor a list of texts has none; a
     * text that no persona could list is not a role.
     */
    List<String> of(JsonObject claims) {
        return paths.stream()
                .flatMap(path -> texts(claims, path).orElse(Set.of()).stream())
                .filter(role -> role.startsWith(prefix))
                .map(role -> role.substring(prefix.length()))
                .filter(RoleName::isRole)
                .distinct()
                .toList();
    }

    /** Why a token without a role has none, in words for operator and caller, without any value of the token. */
    String whyNone(JsonObject claims) {
        return paths.stream()
                .map(path -> "claim " + path + " " + whyNone(claims, path))
                .collect(Collectors.joining("; "));
    }

    private String whyNone(JsonObject claims, String path) {
        Optional<JsonValue> value = find(claims, path);
        if (value.isEmpty()) {
            return isLeftOut(claims, path)
                    ? "was left out by the provider, because the groups are too many for a token"
                    : "is absent";
        }
        Optional<Set<String>> texts = texts(claims, path);
        if (texts.isEmpty()) {
            return "is " + shape(value.get());
        }
        if (texts.get().isEmpty()) {
            return "is empty";
        }
        return texts.get().stream().anyMatch(text -> text.startsWith(prefix))
                ? "has no name that a role can have"
                : "has no role with the prefix " + prefix;
    }

    /** Entra ID leaves groups out of tokens for people with many of them. */
    private static boolean isLeftOut(JsonObject claims, String path) {
        boolean elsewhere = claims.get(ELSEWHERE) instanceof JsonObject names && names.containsKey(path);
        return elsewhere || path.equals("groups") && claims.containsKey(GROUPS_LEFT_OUT);
    }

    private static String shape(JsonValue value) {
        return switch (value.getValueType()) {
            case OBJECT -> "an object, whose member names are roles only with role_member_names: true";
            case ARRAY -> "a list with something else than texts, so it is not read";
            case STRING, NUMBER, TRUE, FALSE, NULL -> "neither a text nor a list of texts, so it is not read";
        };
    }

    /** Empty if there is no such claim, or it is of another shape. */
    private Optional<Set<String>> texts(JsonObject claims, String path) {
        Optional<JsonValue> value = find(claims, path);
        if (memberNames && value.isPresent() && value.get() instanceof JsonObject members) {
            return Optional.of(members.keySet());
        }
        boolean scope = path.equals("scope") || path.equals("scp");
        return value.flatMap(StringOrList::oneOrMore).map(texts -> scope ? words(texts) : texts);
    }

    private static Set<String> words(Set<String> texts) {
        return texts.stream()
                .flatMap(text -> Stream.of(text.split(" ")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The value at a path, as {@link #paths} has them; empty if there is none. */
    static Optional<JsonValue> find(JsonObject object, String path) {
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
