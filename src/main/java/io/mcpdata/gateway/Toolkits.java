package io.mcpdata.gateway;

import io.mcpdata.protocol.Prompt;
import io.mcpdata.protocol.ResourceTemplate;
import io.mcpdata.protocol.Skill;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What the toolkits offer, in a stable order. Thread-safe. */
final class Toolkits {

    private static final Logger LOG = System.getLogger(Toolkits.class.getName());

    /** @param tools of the moment, with their compiled schemas */
    private record Loaded(ToolCatalog tools, List<ResourceHandler> resources, long version) {}

    private final List<Toolkit> toolkits;
    private volatile Loaded loaded;

    /** @throws IllegalStateException if two tools have one name; the deployment must fail then */
    Toolkits(Iterable<Toolkit> toolkits) {
        this.toolkits = StreamSupport.stream(toolkits.spliterator(), false)
                // the container gives beans in no defined order
                .sorted(Comparator.comparing(toolkit -> toolkit.getClass().getName()))
                .toList();
        this.loaded = load(0);
    }

    private Loaded load(long version) {
        return new Loaded(
                new ToolCatalog(toolkits),
                toolkits.stream()
                        .flatMap(toolkit -> toolkit.resources().stream())
                        .toList(),
                version);
    }

    /** A toolkit has changed. What was loaded before stays if the change cannot be used. */
    synchronized void reload() {
        try {
            loaded = load(loaded.version() + 1);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a change of a toolkit is ignored; the tools and resources stay as they were", e);
        }
    }

    long version() {
        return loaded.version();
    }

    ToolCatalog tools() {
        return loaded.tools();
    }

    List<ResourceHandler> resources() {
        return loaded.resources();
    }

    /** The handler of this URI; empty if no toolkit has such resources. */
    Optional<ResourceHandler> resource(String uri) {
        return resources().stream().filter(handler -> handler.owns(uri)).findFirst();
    }

    /** The handler of this template; empty if there is no such template. */
    Optional<ResourceHandler> template(String uriTemplate) {
        return resources().stream()
                .filter(handler -> handler.templates().stream()
                        .map(ResourceTemplate::uriTemplate)
                        .anyMatch(uriTemplate::equals))
                .findFirst();
    }

    List<Skill> skills() {
        return toolkits.stream().flatMap(toolkit -> toolkit.skills().stream()).toList();
    }

    /** By name; of two prompts of one name, the first one. */
    Map<String, PromptHandler> prompts() {
        Map<String, PromptHandler> prompts = new LinkedHashMap<>();
        for (Toolkit toolkit : toolkits) {
            for (PromptHandler handler : toolkit.prompts()) {
                Prompt prompt = handler.describe();
                prompts.putIfAbsent(prompt.name(), handler);
            }
        }
        return prompts;
    }
}
