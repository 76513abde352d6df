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

    /**
     * @param tools of the moment, with their compiled schemas
     * @param bases what the tools depend on
     */
    private record Loaded(ToolCatalog tools, List<ResourceHandler> resources, List<Object> bases, long version) {}

    private final List<Toolkit> toolkits;
    private volatile Loaded loaded;

    /** @throws IllegalStateException if two tools have one name; the deployment must fail then */
    Toolkits(Iterable<Toolkit> toolkits) {
        this.toolkits = StreamSupport.stream(toolkits.spliterator(), false)
                // the container gives beans in no defined order
                .sorted(Comparator.comparing(toolkit -> toolkit.getClass().getName()))
                .toList();
        this.loaded = load(bases(), 0);
    }

    private Loaded load(List<Object> bases, long version) {
        return new Loaded(
                new ToolCatalog(toolkits),
                toolkits.stream()
                        .flatMap(toolkit -> toolkit.resources().stream())
                        .toList(),
                bases,
                version);
    }

    private List<Object> bases() {
        return toolkits.stream().map(Toolkit::basis).toList();
    }

    private Loaded current() {
        Loaded known = loaded;
        return known.bases().equals(bases()) ? known : follow();
    }

    private synchronized Loaded follow() {
        if (!loaded.bases().equals(bases())) {
            reload();
        }
        return loaded;
    }

    /** A toolkit has changed. What was loaded before stays if the change cannot be used. */
    synchronized void reload() {
        // the bases first: a change in between is then noticed by the next use
        List<Object> bases = bases();
        try {
            loaded = load(bases, loaded.version() + 1);
        } catch (RuntimeException e) {
            loaded = new Loaded(loaded.tools(), loaded.resources(), bases, loaded.version());
            LOG.log(Level.ERROR, "a change of a toolkit is ignored; the tools and resources stay as they were", e);
        }
    }

    long version() {
        return current().version();
    }

    ToolCatalog tools() {
        return current().tools();
    }

    List<ResourceHandler> resources() {
        return current().resources();
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
