package io.mcpdata.gateway;

import io.mcpdata.protocol.Tool;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Every tool of every toolkit, by name and in a stable order. Immutable and thread-safe. */
final class ToolCatalog {

    /** A tool, its description, and its compiled schema. */
    record Entry(ToolHandler handler, Tool description, ArgumentSchema schema) {}

    private final Map<String, Entry> byName = new LinkedHashMap<>();

    /** @throws IllegalStateException if two tools have one name; the deployment must fail then */
    ToolCatalog(Iterable<Toolkit> toolkits) {
        for (Toolkit toolkit : toolkits) {
            for (ToolHandler handler : toolkit.tools()) {
                Tool tool = handler.describe();
                Entry entry = new Entry(handler, tool, new ArgumentSchema(tool.inputSchema()));
                if (byName.putIfAbsent(tool.name(), entry) != null) {
                    throw new IllegalStateException("two tools are called " + tool.name());
                }
            }
        }
    }

    Collection<Entry> entries() {
        return byName.values();
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
