package io.mcpdata.admin;

import io.mcpdata.authentication.PlatformCaller;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AnyCaller;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Persona;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/whoami}: the caller, roles and persona that the platform derives from a credential. A caller without
 * a persona learns here why it has none. Thread-safe.
 */
@Path("/api/v1/whoami")
@ApplicationScoped
public class WhoamiEndpoint {

    private final CallerContext callers;

    @Inject
    WhoamiEndpoint(CallerContext callers) {
        this.callers = callers;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public WhoamiEndpoint() {
        this.callers = null;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @AnyCaller
    public Response whoami() {
        PlatformCaller caller = callers.authenticated();
        Optional<Persona> persona = callers.personaOf(caller);
        JsonObjectBuilder body = Json.object()
                .add("name", caller.getName())
                .add("authentication", caller.method().label())
                .add("credential_id", caller.credentialId())
                .add("roles", Json.strings(caller.roles()))
                .add(
                        "persona",
                        persona.map(Persona::name).<JsonValue>map(Json::string).orElse(JsonValue.NULL))
                .add(
                        "permissions",
                        Json.strings(
                                new TreeSet<>(persona.map(Persona::permissions).orElse(Set.of()))));
        if (persona.isEmpty()) {
            body.add("no_persona", "No persona lists any of your roles. Read: " + caller.rolesRead() + ".");
        }
        caller.expiresAt().ifPresent(end -> body.add("expires_at", end.toString()));
        callers.tokenOf(caller).ifPresent(token -> body.add("token", described(token)));
        return Response.ok(Json.write(body.build()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** The claims that the platform read in the token, so that users need no tool to decode it. */
    private static JsonObjectBuilder described(JsonWebToken token) {
        // null if the token has no audience
        @Nullable Set<String> audience = token.getAudience();
        JsonObjectBuilder claims = Json.object()
                .add("issuer", token.getIssuer())
                .add("subject", token.getSubject())
                .add("audience", Json.strings(audience == null ? List.of() : new TreeSet<>(audience)));
        if (token.getIssuedAtTime() > 0) {
            claims.add(
                    "issued_at", Instant.ofEpochSecond(token.getIssuedAtTime()).toString());
        }
        return claims.add(
                "expires_at", Instant.ofEpochSecond(token.getExpirationTime()).toString());
    }
}
