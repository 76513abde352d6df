import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Answers a JSON-RPC request with its own parameters, for callers with the role "call". */
@Path("/echo")
@ApplicationScoped
public class SecuredEcho {

    @POST
    @Consumes("application/json")
    @Produces("application/json")
    @RolesAllowed("call")
    public String echo(String body) {
        return Echo.answer(body);
    }
}
