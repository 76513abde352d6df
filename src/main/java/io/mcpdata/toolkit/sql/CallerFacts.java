package io.mcpdata.toolkit.sql;

import io.mcpdata.config.IdentitySource;
import io.mcpdata.gateway.CallContext;
import java.util.List;
import java.util.function.Function;

/**
 * The facts about a caller that a database can be told. Immutable.
 *
 * @param identity one value for all credentials of the caller; empty for the platform itself
 * @param claims the texts of a claim in the caller's token, by its path
 */
record CallerFacts(
        String identity, String name, String persona, List<String> roles, Function<String, List<String>> claims) {

    /** The platform itself. */
    static final CallerFacts NONE = new CallerFacts("", "", "", List.of(), path -> List.of());

    CallerFacts {
        roles = List.copyOf(roles);
    }

    static CallerFacts of(CallContext call) {
        return new CallerFacts(
                call.callerIdentity(), call.callerName(), call.personaName(), call.roles(), call::claimTexts);
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
