import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

/** Answers a JSON-RPC request with its own parameters. */
@Path("/echo")
@ApplicationScoped
public class OpenEcho {

    @POST
    @Consumes("application/json")
    @Produces("application/json")
    public String echo(String body) {
        return Echo.answer(body);
    }
}
