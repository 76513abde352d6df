package io.mcpdata.authentication.jwt;

import jakarta.json.JsonObject;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scopes a token grants: {@code scope} (RFC 8693, section 4.2), or {@code scp} as Entra ID and Okta write it; in one
 * string with spaces between, or as a list.
 */
final class Scopes {

    private Scopes() {}

    static Set<String> of(JsonObject claims) {
        return Stream.of("scope", "scp")
                .flatMap(name -> StringOrList.oneOrMore(claims.get(name)).orElse(Set.of()).stream())
                .flatMap(text -> Stream.of(text.split(" ")))
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
