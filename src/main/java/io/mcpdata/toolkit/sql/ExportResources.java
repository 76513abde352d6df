package io.mcpdata.toolkit.sql;

import io.mcpdata.export.Export;
import io.mcpdata.export.Exports;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceContents;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exports as resources, {@code export://ID}, and the parts of a large one, {@code export://ID/1} and so on. They are in no
 * list: the answer of the tool names them. Thread-safe.
 */
final class ExportResources implements ResourceHandler {

    private static final Pattern URI =
            Pattern.compile(Pattern.quote(Export.SCHEME) + "([0-9a-f-]{36})(?:/([1-9][0-9]{0,6}))?");

    private final Exports exports;

    ExportResources(Exports exports) {
        this.exports = exports;
    }

    @Override
    public boolean owns(String uri) {
        return uri.startsWith(Export.SCHEME);
    }

    @Override
    public Optional<String> connection(String uri) {
        Matcher found = URI.matcher(uri);
        return found.matches() ? exports.connection(found.group(1)) : Optional.empty();
    }

    @Override
    public List<String> parts(CallContext context) {
        return List.of();
    }

    @Override
    public List<Resource> list(CallContext context, String part) {
        return List.of();
    }

    @Override
    public Optional<ReadResourceResult> read(CallContext context, String uri) {
        Matcher found = URI.matcher(uri);
        if (!found.matches() || !context.mayCall(ExportTool.NAME) || !context.mayCall(ExportTool.QUERY)) {
            return Optional.empty();
        }
        Optional<Export> export = exports.find(ExportTool.owner(context), found.group(1));
        int part = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        if (export.isEmpty() || part > export.get().parts().size()) {
            return Optional.empty();
        }
        if (part == 0 && export.get().parts().size() > 1) {
            throw tooLarge(export.get());
        }
        return Optional.of(new ReadResourceResult(List.of(text(export.get(), uri, Math.max(1, part)))));
    }

    private static ResourceContents text(Export export, String uri, int part) {
        try {
            return ResourceContents.text(uri, export.format().mimeType(), export.part(part));
        } catch (IOException e) {
            // removed in between
            throw new ToolException("export_unreadable", "The export can no longer be read.", e);
        }
    }

    private static ToolException tooLarge(Export export) {
        return new ToolException(
                "export_too_large",
                "The export has " + export.bytes() + " bytes, which is too much for one answer. Read its parts, "
                        + export.uri() + "/1 to " + export.uri() + "/"
                        + export.parts().size()
                        + ", or the whole with GET /api/v1/exports/" + export.id() + ".");
    }
}
