package io.mcpdata.tool;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;

/** A tool's input schema (JSON Schema 2020-12), compiled once. Nothing is ever fetched. Thread-safe. */
final class ArgumentSchema {

    private final Validator validator;
    private final URI schema;

    ArgumentSchema(JsonObject inputSchema) {
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
                .map(ArgumentSchema::readable)
                .distinct()
                .toList();
        return problems.isEmpty() ? List.of("arguments do not match the tool's input schema") : problems;
    }

    private static String readable(Error error) {
        String place = error.getInstanceLocation().isEmpty() ? "arguments" : "arguments" + error.getInstanceLocation();
        return place + " fails \"" + error.getKeyword() + "\" of the input schema";
    }
}
