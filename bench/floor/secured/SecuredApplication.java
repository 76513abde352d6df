import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** JAX-RS behind Jakarta Security. */
@ApplicationPath("/rest")
@DeclareRoles("call")
public class SecuredApplication extends Application {}
