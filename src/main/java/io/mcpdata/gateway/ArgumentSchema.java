package io.mcpdata.gateway;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import io.mcpdata.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool's input schema (JSON Schema 2020-12), compiled once. Never fetches a remote schema. Thread-safe. */
final class ArgumentSchema {

    private static final int MOST_PROBLEMS = 10;
    /** One factory for all: creating one searches every jar of the WAR for a JSON provider. */
    private static final JakartaJsonNode.Factory NODES = new JakartaJsonNode.Factory();

    private final JsonObject inputSchema;
    private final Validator validator;
    private final URI schema;

    ArgumentSchema(JsonObject inputSchema) {
        this.inputSchema = inputSchema;
        validator = new ValidatorFactory()
                .withJsonNodeFactory(NODES)
                .withSchemaResolver(reference -> SchemaResolver.Result.empty())
                .withDisabledSchemaValidation(true)
                .createValidator();
        schema = validator.registerSchema(NODES.wrap(inputSchema));
    }

    /** The arguments as the tool gets them: without members the schema does not know, and without null for "not given". */
    JsonObject known(JsonObject arguments) {
        return KnownArguments.of(inputSchema, arguments);
    }

    /**
     * The faults of the arguments, place by place and without their values; empty if there are none.
     *
     * @param given the arguments as sent; an unknown name in them may be the misspelled name of a missing argument
     */
    List<String> problems(JsonObject arguments, JsonObject given) {
        Validator.Result result = validator.validate(schema, NODES.wrap(arguments));
        if (result.isValid()) {
            return List.of();
        }
        List<String> problems = result.getErrors().stream()
                // one alternative that does not fit is not a fault; only that none fits is one
                .filter(error -> !error.getSchemaLocation().contains("/anyOf/"))
                .map(error -> readable(error, arguments, given))
                .distinct()
                .limit(MOST_PROBLEMS)
                .toList();
        return problems.isEmpty() ? List.of("arguments do not match the tool's input schema") : problems;
    }

    private String readable(Error error, JsonObject arguments, JsonObject given) {
        String location = error.getSchemaLocation();
        String pointer = location.substring(location.indexOf('#') + 1);
        @Nullable String keyword = error.getKeyword();
        // a schema of false has no keyword: the object around it says which names are known
        String around = keyword == null ? pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))) : pointer;
        @Nullable JsonValue failed = at(inputSchema, around);
        JsonObject part = failed instanceof JsonObject object ? object : inputSchema;
        String place = error.getInstanceLocation();
        String problem = new ArgumentProblem(
                        place, at(arguments, place), part, keyword == null ? null : part.get(keyword))
                .readable(keyword);
        return "required".equals(keyword) && at(given, place) instanceof JsonObject object
                ? problem + ArgumentProblem.unknown(KnownArguments.unknown(part, object), part)
                : problem;
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
