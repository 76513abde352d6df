package io.mcpdata.admin;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigJson;
import io.mcpdata.json.Json;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.Permission;
import io.mcpdata.persona.Persona;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.TreeSet;

/**
 * {@code GET /api/v1/personas}: the personas in force in the order in which they are chosen, with their roles, rules and
 * the limits that result. Thread-safe.
 */
@Path("/api/v1/personas")
@ApplicationScoped
public class PersonasEndpoint {

    private final ActiveConfiguration configuration;
    private final ActivePersonas personas;

    @Inject
    PersonasEndpoint(ActiveConfiguration configuration, ActivePersonas personas) {
        this.configuration = configuration;
        this.personas = personas;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    public PersonasEndpoint() {
        this(null, null);
    }

    @GET
    @RolesAllowed(Permission.PERSONAS_READ)
    public Response list() {
        JsonArrayBuilder all = Json.array();
        personas.current().personas().forEach(persona -> all.add(described(persona)));
        return RequestAnswers.json(Json.write(Json.object().add("personas", all).build()));
    }

    private JsonObjectBuilder described(Persona persona) {
        return Json.object()
                .add("name", persona.name())
                .addAll(ConfigJson.object(persona.config()))
                .add("effective_permissions", Json.strings(new TreeSet<>(persona.permissions())))
                .add(
                        "effective_limits",
                        ConfigJson.object(persona.limits(configuration.config().limits())));
    }
}
