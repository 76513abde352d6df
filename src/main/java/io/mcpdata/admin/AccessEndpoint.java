package io.mcpdata.admin;

import io.mcpdata.authentication.CredentialCheck;
import io.mcpdata.authentication.apikey.KeyListing;
import io.mcpdata.authentication.apikey.KeyListings;
import io.mcpdata.config.Secret;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.json.Json;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /api/v1/access}: the access of the caller, of a role, of a key by its id, or of a token, and why. A token comes
 * in the body of a POST, because a URL is no place for a credential. Thread-safe.
 */
@Path("/api/v1/access")
@ApplicationScoped
public class AccessEndpoint {

    private final AccessAnswer answer;
    private final KeyListings keys;
    private final CredentialCheck credentials;
    private final CallerContext callers;
    private final RequestOrigins origins;

    @Inject
    AccessEndpoint(
            AccessAnswer answer,
            KeyListings keys,
            CredentialCheck credentials,
            CallerContext callers,
            RequestOrigins origins) {
        this.answer = answer;
        this.keys = keys;
        this.credentials = credentials;
        this.callers = callers;
        this.origins = origins;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    public AccessEndpoint() {
        this(null, null, null, null, null);
    }

    @GET
    @RolesAllowed(Permission.PERSONAS_READ)
    public Response show(@Context HttpServletRequest request, @Context UriInfo uri) {
        return answered(request, () -> AccessQuestion.of(uri.getQueryParameters()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.PERSONAS_READ)
    public Response ask(@Context HttpServletRequest request, InputStream body) {
        return answered(request, () -> AccessQuestion.of(body));
    }

    private Response answered(HttpServletRequest request, Supplier<AccessQuestion> asked) {
        return RequestAnswers.of(request, "keys cannot be read", "Keys cannot be read right now; try again.", () -> {
            AccessQuestion question = asked.get();
            return subject(question, request)
                    .map(subject -> RequestAnswers.json(Json.write(answer.of(subject, question.targets()))))
                    .orElseGet(() -> RequestAnswers.problem(
                            request, 404, "No key has this key id; /api/v1/keys lists all keys."));
        });
    }

    private Optional<AccessSubject> subject(AccessQuestion question, HttpServletRequest request) {
        if (question.keyId().isPresent()) {
            return key(question.keyId().get()).map(AccessSubject::key);
        }
        if (question.token().isPresent()) {
            return Optional.of(token(question.token().get(), request));
        }
        return Optional.of(
                question.roles().isEmpty()
                        ? AccessSubject.caller(callers.authenticated())
                        : AccessSubject.roles(question.roles()));
    }

    private Optional<KeyListing> key(String id) {
        return keys.all().stream()
                .filter(listing -> listing.key().digest().id().equals(id))
                .findFirst();
    }

    private AccessSubject token(Secret token, HttpServletRequest request) {
        CredentialCheck.Outcome outcome =
                credentials.check(token, origins.of(request).clientAddress());
        return outcome.caller()
                .map(AccessSubject::token)
                .orElseGet(() -> AccessSubject.refusedToken(outcome.category(), outcome.rule()));
    }
}
