package io.mcpdata.admin;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigJson;
import io.mcpdata.json.Json;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * {@code GET /api/v1/config}: the configuration in force, without secrets, and the problems of the newest version of
 * the file. Readiness is public and only says that there are problems. Thread-safe.
 */
@Path("/api/v1/config")
@ApplicationScoped
public class ConfigEndpoint {

    private final ActiveConfiguration configuration;

    @Inject
    ConfigEndpoint(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    public ConfigEndpoint() {
        this.configuration = null;
    }

    @GET
    @RolesAllowed(Permission.PLATFORM_ADMIN)
    public Response show() {
        boolean rejected = !configuration.problems().isEmpty();
        JsonObject body = Json.object()
                .add("newest_version", rejected ? "rejected" : "in force")
                .add("problems", Json.strings(configuration.problems()))
                .add("warnings", Json.strings(configuration.warnings()))
                .add("in_force", ConfigJson.of(configuration.config()))
                .build();
        return Response.ok(Json.write(body))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
