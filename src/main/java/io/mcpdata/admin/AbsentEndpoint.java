package io.mcpdata.admin;

import io.mcpdata.persona.OpenToAll;
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
public class AbsentEndpoint {

    @GET
    @Path(".well-known/{document: .+}")
    @OpenToAll
    public Response document() {
        throw new NotFoundException();
    }

    @POST
    @Path("register")
    @OpenToAll
    public Response register() {
        throw new NotFoundException();
    }
}
