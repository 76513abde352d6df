package io.mcpdata.conformance;

import io.mcpdata.gateway.CallContext;
import io.mcpdata.gateway.ResourceHandler;
import io.mcpdata.gateway.UriTemplate;
import io.mcpdata.json.Json;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceContents;
import io.mcpdata.protocol.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resources of the suite: some that are listed, and those of one template. */
final class FixtureResources implements ResourceHandler {

    private static final String ALL = "test://";
    private static final String TEMPLATE = "test://template/{id}/data";
    private static final String JSON = "application/json";
    private static final UriTemplate URI = new UriTemplate(TEMPLATE);

    private static final Map<String, ResourceContents> LISTED = new TreeMap<>(Map.of(
            "test://static-text",
            text("test://static-text", "This is the content of the static text resource."),
            "test://static-binary",
            ResourceContents.blob("test://static-binary", "image/png", Media.png()),
            "test://watched-resource",
            text("test://watched-resource", "This is a resource that clients watch."),
            "test://example-resource",
            text("test://example-resource", "This is a resource that prompts embed.")));

    private static ResourceContents text(String uri, String text) {
        return ResourceContents.text(uri, "text/plain", text);
    }

    @Override
    public boolean owns(String uri) {
        return uri.startsWith(ALL);
    }

    @Override
    public List<String> parts(CallContext context) {
        return List.of(ALL + "*");
    }

    @Override
    public List<Resource> list(CallContext context, String part) {
        return LISTED.values().stream()
                .map(resource -> new Resource(
                        resource.uri(),
                        resource.uri().substring(ALL.length()),
                        "",
                        "A resource of the conformance suite.",
                        resource.mimeType(),
                        -1))
                .toList();
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(new ResourceTemplate(
                TEMPLATE, "template", "", "The resources of the conformance suite that have an id.", JSON));
    }

    @Override
    public Optional<ReadResourceResult> read(CallContext context, String uri) {
        return Optional.ofNullable(LISTED.get(uri))
                .or(() -> URI.match(uri).map(values -> numbered(uri, values.getOrDefault("id", ""))))
                .map(contents -> new ReadResourceResult(List.of(contents)));
    }

    private static ResourceContents numbered(String uri, String id) {
        return ResourceContents.text(
                uri,
                JSON,
                Json.write(Json.object()
                        .add("id", id)
                        .add("templateTest", true)
                        .add("data", "Data for ID: " + id)
                        .build()));
    }
}
