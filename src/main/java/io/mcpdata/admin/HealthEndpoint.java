package io.mcpdata.admin;

import io.mcpdata.json.Json;
import io.mcpdata.persona.Public;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Liveness and readiness, for whoever runs the server. Public, so an answer names the part that ails and never why:
 * the log does. Thread-safe.
 */
@Path("/")
@ApplicationScoped
public class HealthEndpoint {

    private final Readiness readiness;

    @Inject
    HealthEndpoint(Readiness readiness) {
        this.readiness = readiness;
    }

    /** For the container's proxy, which has no state; public because RESTEasy wants a constructor it could call. */
    @SuppressWarnings("NullAway")
    public HealthEndpoint() {
        this.readiness = null;
    }

    /** 200 as long as the application answers at all. */
    @GET
    @Path("healthz")
    @Public
    public Response alive() {
        return answer(200, Json.object().add("status", "alive"));
    }

    /** 200 when calls are served, 503 when not. */
    @GET
    @Path("readyz")
    @Public
    public Response ready() {
        Readiness.State state = readiness.state();
        JsonObjectBuilder body = Json.object().add("status", state.status());
        if (!state.reasons().isEmpty()) {
            body.add("reasons", Json.strings(state.reasons()));
        }
        return answer(state.serving() ? 200 : 503, body);
    }

    private static Response answer(int status, JsonObjectBuilder body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Json.write(body.build()))
                .build();
    }
}
