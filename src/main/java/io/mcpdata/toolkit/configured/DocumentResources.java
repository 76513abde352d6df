package io.mcpdata.toolkit.configured;

import io.mcpdata.config.DocumentConfig;
import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceContents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The documents of the configuration as resources. Thread-safe. */
final class DocumentResources implements ResourceHandler {

    private final Supplier<List<DocumentConfig>> documents;

    DocumentResources(Supplier<List<DocumentConfig>> documents) {
        this.documents = documents;
    }

    @Override
    public boolean owns(String uri) {
        return find(uri).isPresent();
    }

    @Override
    public List<String> parts(CallContext context) {
        return documents.get().stream().map(DocumentConfig::uri).toList();
    }

    @Override
    public List<Resource> list(CallContext context, String part) {
        return find(part).map(DocumentResources::resource).stream().toList();
    }

    private static Resource resource(DocumentConfig document) {
        return new Resource(
                document.uri(),
                document.name(),
                document.title(),
                document.description(),
                document.mimeType(),
                document.text().getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public Optional<ReadResourceResult> read(CallContext context, String uri) {
        return find(uri)
                .map(document -> new ReadResourceResult(
                        List.of(ResourceContents.text(uri, document.mimeType(), document.text()))));
    }

    private Optional<DocumentConfig> find(String uri) {
        return documents.get().stream()
                .filter(document -> document.uri().equals(uri))
                .findFirst();
    }
}
