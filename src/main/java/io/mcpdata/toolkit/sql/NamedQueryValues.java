package io.mcpdata.toolkit.sql;

import io.mcpdata.config.IdentityMapping;
import io.mcpdata.config.IdentitySource;
import io.mcpdata.config.QueryConfig;
import io.mcpdata.config.QueryParameterConfig;
import io.mcpdata.gateway.ToolException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values of one call of a named query. Immutable. */
final class NamedQueryValues {

    private final QueryConfig query;
    private final Map<String, JsonValue> values = new LinkedHashMap<>();
    private final List<String> claims = new ArrayList<>();

    /**
     * @param arguments valid against {@link NamedQuerySchema}
     * @throws ToolException if a date, time or large number cannot be used, or the caller lacks a fact that is bound
     */
    NamedQueryValues(QueryConfig query, JsonObject arguments, CallerFacts caller) {
        this.query = query;
        for (QueryParameterConfig parameter : query.parameters()) {
            values.put(
                    parameter.name(),
                    parameter
                            .from()
                            .map(source -> bound(parameter, source, caller))
                            .orElseGet(() -> given(parameter, arguments.get(parameter.name()))));
        }
    }

    /** A statement with the values in the order of its markers. */
    SqlStatement statement() {
        return statement(query, values);
    }

    /** The same statement without values, for a look at it. */
    static SqlStatement withoutValues(QueryConfig query) {
        return statement(query, Map.of());
    }

    private static SqlStatement statement(QueryConfig query, Map<String, JsonValue> values) {
        List<String> names = query.text().names();
        return new SqlStatement(
                query.text().marked(),
                names.stream()
                        .map(name -> values.getOrDefault(name, JsonValue.NULL))
                        .toList(),
                names.size(),
                names.stream()
                        .map(name -> Optional.of(query.parameter(name).type()))
                        .toList());
    }

    private static JsonValue given(QueryParameterConfig parameter, @Nullable JsonValue argument) {
        if (argument == null) {
            return parameter
                    .standard()
                    .map(standard -> NamedQuerySchema.json(parameter.type(), standard))
                    .orElse(JsonValue.NULL);
        }
        boolean text = argument instanceof JsonString;
        if (text && !parameter.accepts(((JsonString) argument).getString())) {
            throw new ToolException(
                    "invalid_parameters",
                    "Invalid arguments: arguments." + parameter.name() + " must be " + parameter.expected());
        }
        return argument;
    }

    /** The only text there is, because several are ambiguous. */
    private JsonValue bound(QueryParameterConfig parameter, IdentitySource source, CallerFacts caller) {
        List<String> texts = caller.texts(source);
        if (texts.size() != 1 || !IdentityMapping.isValue(texts.get(0)) || !parameter.accepts(texts.get(0))) {
            throw new ToolException(
                    "identity_missing",
                    "The tool " + query.name() + " is not open to you: its parameter " + parameter.name()
                            + " is bound to " + source + ", and you have no such value of the type "
                            + parameter.type().label() + ". Tell the operator of this server.");
        }
        if (source.kind() == IdentitySource.Kind.CLAIM) {
            claims.add(texts.get(0));
        }
        return NamedQuerySchema.json(parameter.type(), texts.get(0));
    }

    /** The same error without the texts of claims, which a database may repeat; so its cause is left out too. */
    ToolException withoutClaims(ToolException error) {
        if (claims.isEmpty()) {
            return error;
        }
        String message = error.getMessage();
        for (String claim : claims) {
            message = message.replace(claim, "[claim]");
        }
        return ToolException.denied(error.category(), error.rule(), message);
    }
}
