package io.mcpdata.admin;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.RequestId;
import io.mcpdata.persona.Public;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * The addresses that clients try after a 401 and that do not exist here. A second 401 would tell the client that its
 * credential is refused. Thread-safe.
 */
@Path("/")
@ApplicationScoped
public class NotFoundEndpoint {

    private final ActiveConfiguration configuration;

    @Inject
    NotFoundEndpoint(ActiveConfiguration configuration) {
        this.configuration = configuration;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public NotFoundEndpoint() {
        this.configuration = null;
    }

    @GET
    @Path(".well-known")
    @Public
    public Response documents(@Context HttpServletRequest request) {
        return notFound(request);
    }

    @GET
    @Path(".well-known/{document: .+}")
    @Public
    public Response document(@Context HttpServletRequest request) {
        return notFound(request);
    }

    @POST
    @Path("register")
    @Public
    public Response register(@Context HttpServletRequest request) {
        return notFound(request);
    }

    private Response notFound(HttpServletRequest request) {
        return NoAuthorizationServer.answer(configuration, RequestId.of(request));
    }
}
