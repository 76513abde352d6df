package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ActiveConfiguration;
import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.config.LimitsConfig;
import io.mcpdata.export.Export;
import io.mcpdata.export.ExportDraft;
import io.mcpdata.export.ExportFormat;
import io.mcpdata.export.ExportOwner;
import io.mcpdata.export.ExportRefused;
import io.mcpdata.export.Exports;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.gateway.ToolHandler;
import io.mcpdata.gateway.ToolInvocation;
import io.mcpdata.gateway.ToolResponse;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.CallToolResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.Tool;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** {@code sql_export}: the rows of one statement as a file for the caller, guarded as {@code sql_query} is. */
final class ExportTool implements ToolHandler {

    static final String NAME = "sql_export";
    static final String QUERY = "sql_query";

    private final ActiveConfiguration configuration;
    private final Connections connections;
    private final SqlQueries queries;
    private final Exports exports;

    ExportTool(ActiveConfiguration configuration, Connections connections, SqlQueries queries, Exports exports) {
        this.configuration = configuration;
        this.connections = connections;
        this.queries = queries;
        this.exports = exports;
    }

    static ExportOwner owner(CallContext call) {
        return new ExportOwner(call.callerIdentity(), call.personaName(), call.roles());
    }

    @Override
    public Tool describe() {
        return ToolDescription.readOnly(NAME);
    }

    /** A persona without it reads no rows by statements of its own, whichever tool there may be. */
    @Override
    public List<String> alsoNeeds() {
        return List.of(QUERY);
    }

    @Override
    public ToolResponse call(ToolInvocation invocation) {
        JsonObject arguments = invocation.arguments();
        ConnectionConfig connection = connections.named(arguments.getString("connection"));
        if (!invocation.mayRead(Export.SCHEME + "0")) {
            throw new ToolException(
                    "export_unreadable",
                    "Nothing was exported: you could not read it, because resources.allow of your persona has no "
                            + Export.SCHEME + "*. Tell the operator of this server.");
        }
        LimitsConfig limits = invocation.limits(configuration.config().limits());
        ExportFormat format = ExportFormat.of(arguments.getString("format"));
        try (ExportDraft draft =
                exports.begin(owner(invocation), connection, arguments.getString("name", "export"), format, limits)) {
            String truncatedBy = queries.by(invocation)
                    .export(
                            connection,
                            SqlStatement.of(arguments),
                            new ExportRows(draft, format, limits.exportRows(), limits.exportBytes()),
                            invocation.cancellation());
            return response(draft.finish(), truncatedBy);
        } catch (ExportRefused e) {
            throw new ToolException(e.category(), e.getMessage(), e);
        }
    }

    private static ToolResponse response(Export export, String truncatedBy) {
        JsonObjectBuilder content = Json.object()
                .add("uri", export.uri())
                .add("format", export.format().label())
                .add("rows", export.rows())
                .add("bytes", export.bytes())
                .add("parts", export.parts().size())
                .add("expires", export.expires().toString())
                .add("truncated", !truncatedBy.isEmpty());
        if (!truncatedBy.isEmpty()) {
            content.add("truncatedBy", truncatedBy);
        }
        Resource link = new Resource(
                export.uri(), export.fileName(), "", "", export.format().mimeType(), export.bytes());
        return new ToolResponse(
                CallToolResult.linked(link, content.build()),
                export.rows(),
                Json.object()
                        .add("uri", export.uri())
                        .add("bytes", export.bytes())
                        .build());
    }
}
