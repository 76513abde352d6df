package io.mcpdata.admin;

import io.mcpdata.authentication.ProtectedResource;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.RequestId;
import io.mcpdata.json.Json;
import io.mcpdata.persona.Public;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/**
 * Protected-resource metadata (RFC 9728): which issuers give tokens for this platform. Public; 404 while single sign-on
 * is off or the public URL is not configured. Thread-safe.
 */
@Path(ProtectedResource.WELL_KNOWN)
@ApplicationScoped
public class ResourceMetadataEndpoint {

    private final ActiveConfiguration configuration;

    @Inject
    ResourceMetadataEndpoint(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public ResourceMetadataEndpoint() {
        this.configuration = null;
    }

    /** Metadata of the platform as a whole. */
    @GET
    @Public
    public Response ofThePlatform(@Context HttpServletRequest request) {
        return document("", request);
    }

    /** Metadata of one endpoint, whose path follows the well-known one. */
    @GET
    @Path("{path: .+}")
    @Public
    public Response ofAnEndpoint(@PathParam("path") String path, @Context HttpServletRequest request) {
        return document("/" + path, request);
    }

    private Response document(String path, HttpServletRequest request) {
        ProtectedResource resource = ProtectedResource.of(configuration.config());
        Optional<String> identifier = resource.resource(path);
        if (identifier.isEmpty()) {
            return NoAuthorizationServer.answer(configuration, RequestId.of(request));
        }
        JsonObjectBuilder body = Json.object()
                .add("resource", identifier.get())
                .add("resource_name", resource.server().name())
                .add("authorization_servers", Json.strings(resource.authorizationServers()))
                .add("bearer_methods_supported", Json.strings(List.of("header")));
        if (!resource.scopes().isEmpty()) {
            body.add("scopes_supported", Json.strings(resource.scopes()));
        }
        return Response.ok(Json.write(body.build()), MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }
}
