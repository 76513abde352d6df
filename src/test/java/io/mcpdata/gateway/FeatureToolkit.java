package io.mcpdata.gateway;

import io.mcpdata.protocol.CompleteRequest;
import io.mcpdata.protocol.GetPromptResult;
import io.mcpdata.protocol.Prompt;
import io.mcpdata.protocol.PromptMessage;
import io.mcpdata.protocol.ReadResourceResult;
import io.mcpdata.protocol.Resource;
import io.mcpdata.protocol.ResourceContents;
import io.mcpdata.protocol.ResourceTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shelves of books: {@code book://SHELF/TITLE}, each shelf a connection; and two prompts. */
final class FeatureToolkit implements Toolkit, ResourceHandler {

    static final UriTemplate BOOK = new UriTemplate("book://{shelf}/{title}");

    final Map<String, List<String>> shelves = new TreeMap<>();
    final List<String> read = new ArrayList<>();
    final TreeSet<String> broken = new TreeSet<>();
    final List<ToolHandler> tools = new ArrayList<>();
    final List<PromptHandler> prompts = new ArrayList<>(List.of(prompt("greet"), prompt("secret")));

    FeatureToolkit() {
        shelves.put("attic", List.of("Mice"));
        shelves.put("cellar", List.of("Wine", "Ghosts", "Coal"));
    }

    @Override
    public List<ToolHandler> tools() {
        return List.copyOf(tools);
    }

    @Override
    public List<ResourceHandler> resources() {
        return List.of(this);
    }

    @Override
    public List<PromptHandler> prompts() {
        return List.copyOf(prompts);
    }

    @Override
    public boolean owns(String uri) {
        return BOOK.match(uri).filter(values -> BOOK.expand(values).equals(uri)).isPresent();
    }

    @Override
    public Optional<String> connection(String uri) {
        return BOOK.match(uri).map(values -> values.get("shelf"));
    }

    @Override
    public List<String> parts(CallContext context) {
        return shelves.keySet().stream()
                .filter(context::mayUse)
                .map(shelf -> "book://" + shelf + "/*")
                .toList();
    }

    @Override
    public List<Resource> list(CallContext context, String part) {
        String shelf = part.substring("book://".length(), part.length() - 2);
        if (broken.contains(shelf)) {
            throw new ToolException("connection_unavailable", "The shelf " + shelf + " has fallen.");
        }
        return shelves.getOrDefault(shelf, List.of()).stream()
                .map(title -> new Resource(
                        BOOK.expand(Map.of("shelf", shelf, "title", title)), title, "", "", "text/plain", -1))
                .toList();
    }

    @Override
    public List<ResourceTemplate> templates() {
        return List.of(new ResourceTemplate("book://{shelf}/{title}", "book", "", "", "text/plain"));
    }

    @Override
    public Optional<ReadResourceResult> read(CallContext context, String uri) {
        read.add(uri);
        Map<String, String> book = BOOK.match(uri).orElseThrow();
        if (broken.contains(book.get("shelf"))) {
            throw new ToolException("connection_unavailable", "The shelf has fallen.");
        }
        return shelves.getOrDefault(book.get("shelf"), List.of()).contains(book.get("title"))
                ? Optional.of(new ReadResourceResult(List.of(ResourceContents.text(uri, "text/plain", "Once"))))
                : Optional.empty();
    }

    static PromptHandler prompt(String name) {
        return new PromptHandler() {
            @Override
            public Prompt describe() {
                return new Prompt(
                        name,
                        "",
                        "",
                        List.of(new Prompt.Argument("who", "", "", true), new Prompt.Argument("how", "", "", false)));
            }

            @Override
            public GetPromptResult get(CallContext context, Map<String, String> arguments) {
                return new GetPromptResult("", List.of(PromptMessage.user(name + new TreeMap<>(arguments))));
            }

            @Override
            public List<String> complete(CallContext context, CompleteRequest request) {
                return request.argument().equals("how") ? List.of("Kindly", "kind", "rudely") : List.of();
            }
        };
    }
}
