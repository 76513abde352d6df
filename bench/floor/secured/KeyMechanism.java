import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** Knows one key, from the environment of the server. */
@ApplicationScoped
public class KeyMechanism implements HttpAuthenticationMechanism {

    private static final String EXPECTED = "Bearer " + System.getenv("MCP_API_KEY");

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        return EXPECTED.equals(request.getHeader("Authorization"))
                ? context.notifyContainerAboutLogin("bench", Set.of("call"))
                : context.responseUnauthorized();
    }
}
