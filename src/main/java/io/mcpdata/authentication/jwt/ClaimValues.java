package io.mcpdata.authentication.jwt;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.Claims;
import org.jspecify.annotations.Nullable;

/**
 * Claims in the types that MicroProfile JWT 2.1 promises: those of {@link Claims} in the type named there, all others as
 * the JSON Processing type they have. A claim of another JSON type than promised stays what it is.
 */
final class ClaimValues {

    private static final Set<String> KNOWN =
            Stream.of(Claims.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());

    private ClaimValues() {}

    /** Null if there is no such claim. */
    static @Nullable Object of(String name, @Nullable JsonValue value) {
        if (value == null || value == JsonValue.NULL) {
            return null;
        }
        return KNOWN.contains(name) ? typed(Claims.valueOf(name).getType(), value) : value;
    }

    private static Object typed(Class<?> type, JsonValue value) {
        if (type == String.class && value instanceof JsonString text) {
            return text.getString();
        }
        if (type == Long.class && value instanceof JsonNumber number) {
            return number.longValue();
        }
        if (type == Boolean.class && (value == JsonValue.TRUE || value == JsonValue.FALSE)) {
            return value == JsonValue.TRUE;
        }
        if (type == Set.class) {
            return StringOrList.oneOrMore(value).<Object>map(Set::copyOf).orElse(value);
        }
        return value;
    }
}
