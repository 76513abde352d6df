package io.mcpdata.admin;

import io.mcpdata.audit.AuditEvent;
import io.mcpdata.audit.AuditEvent.Outcome;
import io.mcpdata.audit.AuditEvent.Type;
import io.mcpdata.audit.AuditLog;
import io.mcpdata.export.Export;
import io.mcpdata.export.ExportOwner;
import io.mcpdata.export.Exports;
import io.mcpdata.gateway.FeatureGateway;
import io.mcpdata.http.RequestOrigins;
import io.mcpdata.json.Json;
import io.mcpdata.persona.AuthorizedCaller;
import io.mcpdata.persona.CallerContext;
import io.mcpdata.persona.Permission;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;

/**
 * {@code GET} and {@code DELETE /api/v1/exports/{id}}: the file of an export, for the caller who made it. For every other
 * caller, and without the tool or the connection, it does not exist. Thread-safe.
 */
@Path("/api/v1/exports/{id}")
@ApplicationScoped
public class ExportsEndpoint {

    private static final String TOOL = "sql_export";
    private static final int AT_ONCE = 16;
    private static final int OF_CALLER = 2;

    private final Exports exports;
    private final CallerContext callers;
    private final FeatureGateway features;
    private final AuditLog audit;
    private final RequestOrigins origins;
    private final ExportPermits permits = new ExportPermits(System::nanoTime, AT_ONCE, OF_CALLER);

    @Inject
    ExportsEndpoint(
            Exports exports, CallerContext callers, FeatureGateway features, AuditLog audit, RequestOrigins origins) {
        this.exports = exports;
        this.callers = callers;
        this.features = features;
        this.audit = audit;
        this.origins = origins;
    }

    /** For the container's proxy, which has no state; public because RESTEasy requires a public constructor. */
    @SuppressWarnings("NullAway")
    public ExportsEndpoint() {
        this(null, null, null, null, null);
    }

    /** The audit row is written before the first byte. */
    @GET
    @RolesAllowed(Permission.MCP_CONNECT)
    public Response read(@Context HttpServletRequest request, @PathParam("id") String id) {
        AuthorizedCaller caller = callers.require();
        AuditEvent row = row(request, caller, id);
        Optional<Export> export = find(caller, id);
        if (export.isEmpty()) {
            audit.record(row.ending(Outcome.DENIED).because("resource_unknown", ""));
            return absent(request);
        }
        Response.ResponseBuilder answer = head(export.get());
        if (request.getMethod().equals(HttpMethod.HEAD)) {
            return answer.build();
        }
        Optional<ExportPermits.Permit> permit = permits.take(caller.identity());
        return permit.isEmpty()
                ? RequestAnswers.later(
                        request, "Too many exports are being read; try again when one of them has ended.")
                : file(request, answer, export.get(), permit.get(), row);
    }

    private Response file(
            HttpServletRequest request,
            Response.ResponseBuilder answer,
            Export export,
            ExportPermits.Permit permit,
            AuditEvent row) {
        try {
            InputStream content = export.open();
            audit.record(row.withFigures(row.duration(), export.rows()));
            return answer.entity(new ExportFile(content, permit)).build();
        } catch (IOException e) {
            permit.close();
            // removed in between
            return absent(request);
        } catch (RuntimeException e) {
            permit.close();
            throw e;
        }
    }

    @DELETE
    @RolesAllowed(Permission.MCP_CONNECT)
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        AuthorizedCaller caller = callers.require();
        return find(caller, id).isPresent() && exports.delete(owner(caller), id)
                ? RequestAnswers.noContent()
                : absent(request);
    }

    private Optional<Export> find(AuthorizedCaller caller, String id) {
        return exports.find(owner(caller), id)
                .filter(export -> features.tool(caller.persona(), TOOL).allowed())
                .filter(export -> features.mayRead(caller, export.uri()));
    }

    private static ExportOwner owner(AuthorizedCaller caller) {
        return new ExportOwner(caller.identity(), caller.persona().name(), caller.roles());
    }

    private AuditEvent row(HttpServletRequest request, AuthorizedCaller caller, String id) {
        return AuditEvent.of(
                        Clock.systemUTC().instant(),
                        Type.RESOURCE_READ,
                        Outcome.SUCCESS,
                        caller.auditSubject(),
                        origins.of(request))
                .withCall(
                        "",
                        exports.connection(id).orElse(""),
                        Json.write(Json.object().add("uri", Export.SCHEME + id).build()));
    }

    private static Response absent(HttpServletRequest request) {
        return RequestAnswers.problem(request, 404, "There is no such export, or no longer.");
    }

    private static Response.ResponseBuilder head(Export export) {
        return Response.ok()
                .type(export.format().mimeType() + "; charset=utf-8")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LENGTH, export.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + export.fileName() + "\"");
    }
}
