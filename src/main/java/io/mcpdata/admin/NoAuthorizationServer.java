package io.mcpdata.admin;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.http.ProblemDetail;
import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;

/**
 * The 404 at addresses of authorization servers: a problem document that is an OAuth error too (RFC 6749, section 5.2).
 * Clients that find no authorization server show {@code error_description} to their users; without it they report that
 * they cannot read the answer.
 */
final class NoAuthorizationServer {

    private NoAuthorizationServer() {}

    static Response answer(ActiveConfiguration configuration, String requestId) {
        ProblemDetail problem = ProblemDetail.ofStatus(404, requestId);
        JsonObject body = Json.provider()
                .createObjectBuilder(Json.readObject(problem.toJson()))
                .add("error", "access_denied")
                .add("error_description", advice(configuration))
                .build();
        return problem.response().entity(Json.write(body)).build();
    }

    private static String advice(ActiveConfiguration configuration) {
        PlatformConfig config = configuration.config();
        if (!configuration.usable()) {
            return "This server has no valid configuration yet; its log says what is wrong.";
        }
        if (!config.oidc().enabled()) {
            return config.apiKeys().enabled()
                    ? "This server takes API keys: send the header Authorization: Bearer <key>."
                    : "This server accepts no credentials: its configuration enables neither API keys nor tokens.";
        }
        return "This server registers no clients and gives no tokens. Get a token from the issuer that"
                + " /.well-known/oauth-protected-resource names"
                + (config.apiKeys().enabled() ? ", or use an API key" : "")
                + ", and send it in the header Authorization: Bearer <token>.";
    }
}
