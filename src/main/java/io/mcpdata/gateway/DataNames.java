package io.mcpdata.gateway;

import io.mcpdata.config.PromptArgumentConfig.Completes;
import java.util.List;
import java.util.Map;

/** The names of data that a caller may see: connections, schemas, tables and columns. Thread-safe. */
public interface DataNames {

    /**
     * @param known names chosen so far; without a connection there are only connections
     * @throws ToolException an error that the caller can read
     */
    List<String> names(CallContext context, Completes wanted, Map<Completes, String> known);
}
