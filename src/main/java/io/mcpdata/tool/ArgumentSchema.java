package io.mcpdata.tool;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.mcpdata.mcp.protocol.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool's input schema (JSON Schema 2020-12), compiled once. Nothing is ever fetched. Thread-safe. */
final class ArgumentSchema {

    private static final int MOST_PROBLEMS = 10;

    private final JsonObject inputSchema;
    private final Validator validator;
    private final URI schema;

    ArgumentSchema(JsonObject inputSchema) {
        this.inputSchema = inputSchema;
        JakartaJsonNode.Factory nodes = new JakartaJsonNode.Factory();
        validator = new ValidatorFactory()
                .withJsonNodeFactory(nodes)
                .withSchemaResolver(reference -> SchemaResolver.Result.empty())
                .withDisabledSchemaValidation(true)
                .createValidator();
        schema = validator.registerSchema(nodes.wrap(inputSchema));
    }

    /** What is wrong with the arguments, place by place and without their values; empty if nothing is. */
    List<String> problems(JsonObject arguments) {
        Validator.Result result = validator.validate(schema, new JakartaJsonNode.Factory().wrap(arguments));
        if (result.isValid()) {
            return List.of();
        }
        List<String> problems = result.getErrors().stream()
                // an alternative that does not fit is no problem of its own: that none fits is one
                .filter(error -> !error.getSchemaLocation().contains("/anyOf/"))
                .map(error -> readable(error, arguments))
                .distinct()
                .limit(MOST_PROBLEMS)
                .toList();
        return problems.isEmpty() ? List.of("arguments do not match the tool's input schema") : problems;
    }

    private String readable(Error error, JsonObject arguments) {
        String location = error.getSchemaLocation();
        String pointer = location.substring(location.indexOf('#') + 1);
        @Nullable String keyword = error.getKeyword();
        // a schema of false has no keyword: the object around it says what is known
        String around = keyword == null ? pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))) : pointer;
        @Nullable JsonValue failed = at(inputSchema, around);
        JsonObject part = failed instanceof JsonObject object ? object : inputSchema;
        return new ArgumentProblem(
                        error.getInstanceLocation(),
                        at(arguments, error.getInstanceLocation()),
                        part,
                        keyword == null ? null : part.get(keyword))
                .readable(keyword);
    }

    private static @Nullable JsonValue at(JsonObject in, String pointer) {
        try {
            return pointer.isEmpty()
                    ? in
                    : Json.provider().createPointer(pointer).getValue(in);
        } catch (JsonException | IllegalArgumentException e) {
            return null;
        }
    }
}
