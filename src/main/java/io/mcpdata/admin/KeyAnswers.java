package io.mcpdata.admin;

import io.mcpdata.audit.AuditUnavailableException;
import io.mcpdata.authentication.apikey.KeyChangeRefused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** Turns the outcome of a request about keys into its answer. */
final class KeyAnswers {

    private static final String MISSING = "keys are not available";
    private static final String UNAVAILABLE = "Keys can neither be read nor changed right now; try again.";

    private KeyAnswers() {}

    static Response of(HttpServletRequest request, Supplier<Response> answer) {
        return RequestAnswers.of(request, MISSING, UNAVAILABLE, () -> {
            try {
                return answer.get();
            } catch (KeyChangeRefused e) {
                return RequestAnswers.problem(request, status(e.reason()), e.getMessage());
            } catch (AuditUnavailableException e) {
                return RequestAnswers.unavailable(request, MISSING, UNAVAILABLE, e);
            }
        });
    }

    private static int status(KeyChangeRefused.Reason reason) {
        return switch (reason) {
            case KEY_UNKNOWN -> 404;
            case ROLES_NOT_HELD, RIGHTS_NOT_HELD, BEYOND_CREDENTIAL -> 403;
            case CHANGED_SINCE_READ -> 412;
            case KEY_OF_FILE, KEY_ENDED, NAME_OF_ANOTHER, TOO_MANY_KEYS -> 409;
        };
    }
}
