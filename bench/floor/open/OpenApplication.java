import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** JAX-RS without authentication. */
@ApplicationPath("/rest")
public class OpenApplication extends Application {}
