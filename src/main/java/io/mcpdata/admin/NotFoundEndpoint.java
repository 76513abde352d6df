package io.mcpdata.admin;

import io.mcpdata.persona.Public;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/**
 * What clients look for after a 401 and do not find here. Were it a 401 again, they would believe that their credential
 * is refused.
 */
@Path("/")
@ApplicationScoped
public class NotFoundEndpoint {

    @GET
    @Path(".well-known/{document: .+}")
    @Public
    public Response document() {
        throw new NotFoundException();
    }

    @POST
    @Path("register")
    @Public
    public Response register() {
        throw new NotFoundException();
    }
}
