package io.mcpdata.admin;

import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConfigJson;
import io.mcpdata.config.ConfigurationSource;
import io.mcpdata.config.ReloadableConfiguration;
import io.mcpdata.json.Json;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /api/v1/config}: the configuration in force, without secrets, which file it comes from and when it was read,
 * and the problems of the newest version of the file; {@code POST reload} reads the file again. Readiness is public and
 * only says that there are problems. Thread-safe.
 */
@Path("/api/v1/config")
@ApplicationScoped
public class ConfigEndpoint {

    private final ActiveConfiguration configuration;
    private final ReloadableConfiguration reloading;
    private final AdministratorRows rows;

    @Inject
    ConfigEndpoint(ActiveConfiguration configuration, ReloadableConfiguration reloading, AdministratorRows rows) {
        this.configuration = configuration;
        this.reloading = reloading;
        this.rows = rows;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    public ConfigEndpoint() {
        this(null, null, null);
    }

    @GET
    @RolesAllowed(Permission.PLATFORM_ADMIN)
    public Response show(@Context HttpServletRequest request) {
        return answered(request, () -> Preconditions.read(request, state()));
    }

    /**
     * Reads the file again at once. Answered with 409 if the version that it holds is refused; the version before it
     * stays in force. With {@code If-Match}, only if the state is the one that the caller has read.
     */
    @POST
    @Path("reload")
    @RolesAllowed(Permission.PLATFORM_ADMIN)
    public Response reload(@Context HttpServletRequest request) {
        return answered(request, () -> reloaded(request));
    }

    private Response reloaded(HttpServletRequest request) {
        if (!Preconditions.of(request).permit(state())) {
            return RequestAnswers.problem(
                    request,
                    412,
                    "The configuration is not in the state that If-Match names: it has changed since it was read. Read"
                            + " /api/v1/config again, and send the ETag of that answer.");
        }
        rows.record(request, Type.CONFIGURATION_CHANGE, "reload_requested", Map.of());
        reloading.reload();
        if (configuration.problems().isEmpty()) {
            return RequestAnswers.json(state());
        }
        String in = configuration.usable() ? "; the version before it stays in force" : "; every call is refused";
        return RequestAnswers.problem(
                request,
                409,
                "The configuration was rejected: " + String.join("; ", configuration.problems()) + in + ".");
    }

    private static Response answered(HttpServletRequest request, Supplier<Response> answer) {
        return RequestAnswers.of(request, "configuration", "Try again.", answer);
    }

    private String state() {
        boolean rejected = !configuration.problems().isEmpty();
        ConfigurationSource source = configuration.source();
        JsonObjectBuilder body = Json.object().add("newest_version", rejected ? "rejected" : "in force");
        source.file().ifPresent(file -> body.add("file", file.toString()));
        source.readAt().ifPresent(at -> body.add("read_at", at.toString()));
        source.inForceSince().ifPresent(since -> body.add("in_force_since", since.toString()));
        source.lastRejection()
                .ifPresent(last -> body.add(
                        "last_rejection",
                        Json.object().add("at", last.at().toString()).add("problems", Json.strings(last.problems()))));
        return Json.write(body.add("problems", Json.strings(configuration.problems()))
                .add("warnings", Json.strings(configuration.warnings()))
                .add("in_force", ConfigJson.of(configuration.config()))
                .build());
    }
}
