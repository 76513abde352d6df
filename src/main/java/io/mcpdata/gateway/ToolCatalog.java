package io.mcpdata.gateway;

import io.mcpdata.protocol.HeaderParameter;
import io.mcpdata.protocol.Tool;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every tool of every toolkit, by name and in a stable order. Immutable and thread-safe. */
final class ToolCatalog {

    /** A tool, its description, its compiled schema, and the parameters that clients repeat in headers. */
    record Entry(ToolHandler handler, Tool description, ArgumentSchema schema, List<HeaderParameter> inHeaders) {}

    private final Map<String, Entry> byName = new LinkedHashMap<>();

    /** @throws IllegalStateException if two tools have one name, or clients would leave out a tool; the deployment must
     *     fail then */
    ToolCatalog(Iterable<Toolkit> toolkits) {
        for (Toolkit toolkit : toolkits) {
            for (ToolHandler handler : toolkit.tools()) {
                Tool tool = handler.describe();
                Entry entry = new Entry(handler, tool, new ArgumentSchema(tool.inputSchema()), inHeaders(tool));
                if (byName.putIfAbsent(tool.name(), entry) != null) {
                    throw new IllegalStateException("two tools are called " + tool.name());
                }
            }
        }
    }

    private static List<HeaderParameter> inHeaders(Tool tool) {
        try {
            return HeaderParameter.in(tool.inputSchema());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("tool " + tool.name() + ": " + e.getMessage(), e);
        }
    }

    Collection<Entry> entries() {
        return byName.values();
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
