package io.mcpdata.container.conformance;

import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The definitions of the official JSON schema of one MCP revision. Thread-safe. */
final class RevisionSchema {

    /** Oldest first. */
    static final List<String> REVISIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28");

    static final List<String> WITH_SESSIONS = REVISIONS.subList(0, 4);

    private static final String WITH_EXTENSIONS = "2026-07-28";

    /** The specifications of these extensions have no JSON schema, so these are written after their texts. */
    private static final List<String> EXTENSIONS = List.of("skills-extension.json", "tasks-extension.json");

    private static final JakartaJsonNode.Factory NODES = new JakartaJsonNode.Factory();
    private static final URI OFFICIAL = URI.create("urn:mcp:official");
    private static final URI CLOSED = URI.create("urn:mcp:closed");
    private static final Map<String, RevisionSchema> KNOWN = new ConcurrentHashMap<>();

    private final JsonObject definitions;
    private final String place;
    private final Validator validator;

    private RevisionSchema(JsonObject schema) {
        place = schema.containsKey("$defs") ? "$defs" : "definitions";
        definitions = schema.getJsonObject(place);
        validator = new ValidatorFactory()
                .withJsonNodeFactory(NODES)
                .withDisabledSchemaValidation(true)
                .createValidator();
        validator.registerSchema(OFFICIAL, NODES.wrap(schema));
        validator.registerSchema(CLOSED, NODES.wrap(ClosedSchema.of(schema)));
    }

    static RevisionSchema of(String revision) {
        return KNOWN.computeIfAbsent(revision, RevisionSchema::read);
    }

    private static RevisionSchema read(String revision) {
        try (var reader =
                Json.createReader(Files.newInputStream(ExtractedSchemas.folder().resolve(revision + ".json")))) {
            JsonObject schema = reader.readObject();
            if (revision.equals(WITH_EXTENSIONS)) {
                for (String extension : EXTENSIONS) {
                    schema = with(extension, schema);
                }
            }
            return new RevisionSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject with(String extension, JsonObject schema) throws IOException {
        try (InputStream definitions = RevisionSchema.class.getResourceAsStream(extension);
                var reader = Json.createReader(Objects.requireNonNull(definitions))) {
            return Json.createMergePatch(reader.readObject()).apply(schema).asJsonObject();
        }
    }

    boolean defines(String name) {
        return definitions.containsKey(name);
    }

    /** The first of these names that has a definition: some have changed from one revision to the next. */
    String oneOf(String... names) {
        for (String name : names) {
            if (defines(name)) {
                return name;
            }
        }
        throw new IllegalStateException("the schema defines none of " + List.of(names));
    }

    /** The definition of this kind, such as {@code Request}, whose messages have this method. */
    Optional<String> ofMethod(String kind, String method) {
        return named(name -> name.endsWith(kind)
                && Members.text(definitions.getJsonObject(name), "properties", "method", "const")
                        .equals(method));
    }

    /** The definition of the errors with this code, if they have one of their own. */
    Optional<String> ofErrorCode(int code) {
        return named(name -> name.endsWith("Error")
                && (definitions.getJsonObject(name) + "").contains("\"const\":" + code)
                && isPart(name, "error"));
    }

    /** Whether a definition is one of the alternatives of another one. */
    boolean isAlternative(String name, String union) {
        return definitions.getJsonObject(union).getJsonArray("anyOf").stream()
                .anyMatch(one -> one.asJsonObject().getString("$ref", "").equals("#/" + place + "/" + name));
    }

    /** Whether the response to a request may have this result instead of the request's own. */
    boolean isResultOf(String request, String result) {
        String response = request.replaceFirst("Request$", "ResultResponse");
        return defines(response)
                && (Members.at(definitions.getJsonObject(response), "properties", "result", "anyOf") + "")
                        .contains("/" + result + "\"");
    }

    boolean isPart(String name, String member) {
        return Members.at(definitions.getJsonObject(name), "properties", member) != JsonValue.NULL;
    }

    /** The faults of a value, each with its place; empty if the definition allows the value. */
    List<String> problems(String name, JsonValue value) {
        return errors(OFFICIAL, name, value)
                .map(error -> name + error.getInstanceLocation() + ": " + error.getError())
                .distinct()
                .toList();
    }

    /** The members of a value that the definition does not know, also where it would allow any. */
    List<String> undefinedMembers(String name, JsonValue value) {
        return errors(CLOSED, name, value)
                // that one alternative does not know a member is no fault; that none does is one
                .filter(error -> !error.getEvaluationPath().contains("/anyOf/"))
                // clients that name 2024-11-05, such as that of the Java SDK over /sse, read the annotations of tools
                // too
                .filter(error -> !error.getInstanceLocation().matches("/tools/\\d+/annotations"))
                .filter(error ->
                        error.getKeyword() == null || error.getKeyword().equals("anyOf"))
                .map(error -> name + error.getInstanceLocation() + ": no revision that the client knows defines this")
                .distinct()
                .toList();
    }

    private Stream<Error> errors(URI document, String name, JsonValue value) {
        return validator
                .validate(URI.create(document + "#/" + place + "/" + name), NODES.wrap(value))
                .getErrors()
                .stream();
    }

    private Optional<String> named(Predicate<String> wanted) {
        return definitions.keySet().stream().filter(wanted).findFirst();
    }
}
