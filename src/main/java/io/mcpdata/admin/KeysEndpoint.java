package io.mcpdata.admin;

import io.mcpdata.authentication.apikey.CreatedKey;
import io.mcpdata.authentication.apikey.KeyActor;
import io.mcpdata.authentication.apikey.KeyAdministration;
import io.mcpdata.authentication.apikey.KeyListing;
import io.mcpdata.authentication.apikey.KeyListings;
import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.persona.ActivePersonas;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Clock;
import java.util.function.Predicate;

/** {@code /api/v1/keys}: lists all keys; creates, rotates and revokes keys made at run time. Thread-safe. */
@Path("/api/v1/keys")
@ApplicationScoped
public class KeysEndpoint {

    private final KeyAdministration administration;
    private final KeyListings listings;
    private final CallerContext callers;
    private final RequestOrigins origins;
    private final ActivePersonas personas;
    private final ActiveConfiguration configuration;

    @Inject
    KeysEndpoint(
            KeyAdministration administration,
            KeyListings listings,
            CallerContext callers,
            RequestOrigins origins,
            ActivePersonas personas,
            ActiveConfiguration configuration) {
        this.administration = administration;
        this.listings = listings;
        this.callers = callers;
        this.origins = origins;
        this.personas = personas;
        this.configuration = configuration;
    }

    @SuppressWarnings("NullAway") // only the container's proxy is made this way, and it has no state
    public KeysEndpoint() {
        this(null, null, null, null, null, null);
    }

    @GET
    @RolesAllowed(Permission.KEYS_MANAGE)
    public Response list(@Context HttpServletRequest request) {
        return KeyAnswers.of(request, () -> RequestAnswers.json(KeyJson.listed(listings.all())));
    }

    /** Only this answer shows the key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Permission.KEYS_MANAGE)
    public Response create(@Context HttpServletRequest request, InputStream body) {
        return KeyAnswers.of(
                request, () -> made(administration.create(KeyBodies.order(body, Clock.systemUTC()), manager(request))));
    }

    /** Without its use, which the list has: the {@code ETag} changes only with the key. */
    @GET
    @Path("{key_id}")
    @RolesAllowed(Permission.KEYS_MANAGE)
    public Response show(@PathParam("key_id") String keyId, @Context HttpServletRequest request) {
        return KeyAnswers.of(
                request,
                () -> listings.find(keyId)
                        .map(listing -> Preconditions.read(request, KeyJson.one(listing)))
                        .orElseGet(() -> RequestAnswers.problem(request, 404, "There is no key with this id.")));
    }

    @DELETE
    @Path("{key_id}")
    @RolesAllowed(Permission.KEYS_MANAGE)
    public Response revoke(@PathParam("key_id") String keyId, @Context HttpServletRequest request) {
        return KeyAnswers.of(request, () -> {
            administration.revoke(keyId, expected(request), manager(request));
            return RequestAnswers.noContent();
        });
    }

    /** The body may be empty; only this answer shows the new key. */
    @POST
    @Path("{key_id}/rotate")
    @RolesAllowed(Permission.KEYS_MANAGE)
    public Response rotate(@PathParam("key_id") String keyId, @Context HttpServletRequest request, InputStream body) {
        return KeyAnswers.of(
                request,
                () -> made(administration.rotate(keyId, KeyBodies.overlap(body), expected(request), manager(request))));
    }

    private static Predicate<KeyListing> expected(HttpServletRequest request) {
        Preconditions conditions = Preconditions.of(request);
        return key -> conditions.permit(KeyJson.one(key));
    }

    private KeyActor manager(HttpServletRequest request) {
        AuthorizedCaller caller = callers.require();
        return new KeyActor(
                caller.caller(),
                caller.auditSubject(),
                origins.of(request),
                new PersonaKeyRights(
                        caller, personas.current(), configuration.config().connections()));
    }

    private static Response made(CreatedKey made) {
        return RequestAnswers.created(KeyJson.made(made));
    }
}
