package io.mcpdata.admin;

import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.TreeSet;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * {@code GET /api/v1/whoami}: the caller, roles and persona that the platform derives from a credential. Thread-safe.
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
    @RolesAllowed(Permission.MCP_CONNECT)
    public Response whoami() {
        AuthorizedCaller caller = callers.require();
        JsonObjectBuilder body = Json.object()
                .add("name", caller.name())
                .add("authentication", caller.method())
                .add("credential_id", caller.caller().credentialId())
                .add("roles", Json.strings(caller.roles()))
                .add("persona", caller.persona().name())
                .add("permissions", Json.strings(new TreeSet<>(caller.persona().permissions())));
        caller.expiresAt().ifPresent(end -> body.add("expires_at", end.toString()));
        callers.token().ifPresent(token -> body.add("token", described(token)));
        return Response.ok(Json.write(body.build()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    /** The claims that the platform read in the token, so that users need no tool to decode it. */
    private static JsonObjectBuilder described(JsonWebToken token) {
        JsonObjectBuilder claims = Json.object()
                .add("issuer", token.getIssuer())
                .add("subject", token.getSubject())
                .add("audience", Json.strings(new TreeSet<>(token.getAudience())));
        if (token.getIssuedAtTime() > 0) {
            claims.add(
                    "issued_at", Instant.ofEpochSecond(token.getIssuedAtTime()).toString());
        }
        return claims.add(
                "expires_at", Instant.ofEpochSecond(token.getExpirationTime()).toString());
    }
}
