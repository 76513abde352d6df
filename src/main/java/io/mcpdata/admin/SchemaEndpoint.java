package io.mcpdata.admin;

import io.mcpdata.config.PlatformSchemaDocument;
import io.mcpdata.persona.Public;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

/**
 * {@code GET /platform.schema.json}: what a {@code platform.yaml} may say, for editors. Public, because an editor presents
 * no credential and the document is the same wherever this version runs. Thread-safe.
 */
@Path("/platform.schema.json")
@ApplicationScoped
public class SchemaEndpoint {

    private static final String MEDIA_TYPE = "application/schema+json";

    @GET
    @Public
    public Response schema() {
        return Response.ok(PlatformSchemaDocument.text(), MEDIA_TYPE).build();
    }
}
