package io.mcpdata.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code queries}: a statement that is a tool.
 *
 * @param name the tool's name
 * @param title empty if the file gives none
 * @param connection a connection of the same file
 * @param maxRows empty if the connection's limit applies alone
 * @param timeout empty if the connection's limit applies alone
 * @param parameters in the order of the file
 */
public record QueryConfig(
        String name,
        String title,
        String description,
        String connection,
        @ConfigKey(told = false) String sql,
        Optional<Integer> maxRows,
        Optional<Duration> timeout,
        List<QueryParameterConfig> parameters)
        implements ConfigEntry {

    public QueryConfig {
        parameters = List.copyOf(parameters);
    }

    @Override
    public String label() {
        return "query " + name;
    }

    public QueryText text() {
        return QueryText.of(sql);
    }

    /** @throws IllegalStateException if the query has no such parameter, which the reader refuses */
    public QueryParameterConfig parameter(String wanted) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no parameter " + wanted));
    }
}
