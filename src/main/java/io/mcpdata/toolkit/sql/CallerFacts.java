package io.mcpdata.toolkit.sql;

import io.mcpdata.config.IdentitySource;
import io.mcpdata.gateway.CallContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The facts about a caller that a database can be told. Immutable.
 *
 * @param identity one value for all credentials of the caller; empty for the platform itself
 * @param claims the texts of a claim in the caller's token, by its path
 * @param tags of the running call, for a database that lists its statements with tags; empty if no call is running
 */
record CallerFacts(
        String identity,
        String name,
        String persona,
        List<String> roles,
        Function<String, List<String>> claims,
        List<String> tags) {

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    /** The platform itself. */
    static final CallerFacts NONE = new CallerFacts("", "", "", List.of(), path -> List.of());

    CallerFacts {
        roles = List.copyOf(roles);
        tags = List.copyOf(tags);
    }

    /** Facts without a running call. */
    CallerFacts(
            String identity, String name, String persona, List<String> roles, Function<String, List<String>> claims) {
        this(identity, name, persona, roles, claims, List.of());
    }

    static CallerFacts of(CallContext call) {
        return new CallerFacts(
                call.callerIdentity(),
                call.callerName(),
                call.personaName(),
                call.roles(),
                call::claimTexts,
                tags(call));
    }

    private static List<String> tags(CallContext call) {
        return Stream.of(tag("tool", call.tool()), tag("request", call.requestId()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> tag(String name, String value) {
        return TAG.matcher(value).matches() ? Optional.of(name + ":" + value) : Optional.empty();
    }

    boolean isPlatform() {
        return identity.isEmpty();
    }

    /** The texts of a source; several for roles and for claims that are lists. */
    List<String> texts(IdentitySource source) {
        return switch (source.kind()) {
            case PERSONA -> List.of(persona);
            case ROLE -> roles;
            case NAME -> List.of(name);
            case IDENTITY -> List.of(identity);
            case CLAIM -> claims.apply(source.claim());
        };
    }
}
