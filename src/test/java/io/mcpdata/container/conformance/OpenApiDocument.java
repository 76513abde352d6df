package io.mcpdata.container.conformance;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JakartaJsonNode;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docs/openapi.yaml}, and the check of an answer against it. Thread-safe. */
public final class OpenApiDocument {

    /**
     * @param path with its variables, each a name in braces
     * @param permission empty if the operation needs no credential
     * @param description the operation's object
     * @param pointer its place in the document
     */
    public record Operation(String method, String path, String permission, JsonObject description, String pointer) {

        /** Only the metadata of an endpoint is named by a path of several segments. */
        private boolean matches(String other) {
            String segment = path.startsWith("/.well-known/") ? ".+" : "[^/]+";
            Matcher parts = Pattern.compile("[^{]+|\\{\\w+}").matcher(path);
            StringBuilder pattern = new StringBuilder();
            while (parts.find()) {
                pattern.append(parts.group().startsWith("{") ? segment : Pattern.quote(parts.group()));
            }
            return other.matches(pattern.toString());
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private static final Path FOLDER = Path.of("docs");
    private static final String BASE = "https://docs.example/";
    private static final String DOCUMENT = BASE + "openapi.yaml";
    private static final JakartaJsonNode.Factory NODES = new JakartaJsonNode.Factory();
    private static final OpenApiDocument CURRENT = new OpenApiDocument();

    private final JsonObject document;
    private final List<Operation> operations = new ArrayList<>();
    private final Validator validator;

    private OpenApiDocument() {
        document = read(FOLDER.resolve("openapi.yaml"));
        JsonObject row = read(FOLDER.resolve("audit-row.schema.json"));
        validator = new ValidatorFactory()
                .withJsonNodeFactory(NODES)
                .withDisabledSchemaValidation(true)
                .createValidator();
        // under its address beside the document, and not under the name that it gives itself
        validator.registerSchema(
                URI.create(BASE + "audit-row.schema.json"),
                NODES.wrap(Json.createObjectBuilder(row).remove("$id").build()));
        validator.registerSchema(
                URI.create(DOCUMENT),
                NODES.wrap(Json.createReader(new StringReader(withoutBraces(document.toString())))
                        .readObject()));
        document.getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject().forEach((method, operation) -> {
                    if (!method.equals("parameters")) {
                        JsonObject described = operation.asJsonObject();
                        String pointer = "/paths/" + escaped(path) + "/" + method;
                        operations.add(new Operation(
                                method.toUpperCase(Locale.ROOT),
                                path,
                                described.getString("x-permission", ""),
                                described,
                                pointer));
                    }
                }));
        // an address without a variable before one that would match it too
        operations.sort(Comparator.comparing(operation -> operation.path().contains("{")));
    }

    public static OpenApiDocument current() {
        return CURRENT;
    }

    public JsonObject document() {
        return document;
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The operation at this path without a query; empty if the document has none. */
    public Optional<Operation> operation(String method, String path) {
        String described = method.equals("HEAD") ? "GET" : method;
        return operations.stream()
                .filter(operation -> operation.method().equals(described) && operation.matches(path))
                .findFirst();
    }

    /**
     * How an answer differs from the document; empty if it does not, or if the document does not describe the address.
     *
     * @param type the media type, with its parameters; empty if there is none
     */
    public List<String> problems(String method, String path, int status, String type, String body) {
        return operation(method, path)
                .map(operation -> problems(operation, method, status, type, body).stream()
                        .map(problem -> operation + " answers " + status + ": " + problem)
                        .toList())
                .orElse(List.of());
    }

    /** How the data of an event of {@code GET /api/v1/events} differs from the document. */
    public List<String> problemsOfEvent(String name, String data) {
        String pointer = operation("GET", "/api/v1/events").orElseThrow().pointer()
                + "/responses/200/content/text~1event-stream/x-events/" + name;
        return problems(pointer, data);
    }

    private List<String> problems(Operation operation, String method, int status, String type, String body) {
        JsonObject responses = operation.description().getJsonObject("responses");
        String code = Integer.toString(status);
        String known = responses.containsKey(code) ? code : status >= 400 ? "default" : "";
        if (known.isEmpty()) {
            return List.of("the document has no such status");
        }
        String pointer = target(operation.pointer() + "/responses/" + known);
        JsonObject content = at(pointer).asJsonObject().getJsonObject("content");
        String media = type.replaceAll("\\s*;.*", "");
        if (content == null) {
            return body.isEmpty() && media.isEmpty() ? List.of() : List.of("a body, where the document has none");
        }
        if (!content.containsKey(media)) {
            return List.of("the media type '" + media + "'; the document has " + content.keySet());
        }
        return method.equals("HEAD") || !media.matches("application/(.*\\+)?json")
                ? List.of()
                : problems(pointer + "/content/" + escaped(media) + "/schema", body);
    }

    private List<String> problems(String pointer, String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            JsonValue value = reader.readValue();
            return validator
                    .validate(URI.create(DOCUMENT + "#" + withoutBraces(pointer)), NODES.wrap(value))
                    .getErrors()
                    .stream()
                    .map(error -> error.getInstanceLocation() + ": " + error.getError())
                    .distinct()
                    .toList();
        }
    }

    /** The object at this place, or the one that a reference there names. */
    public JsonObject resolved(String pointer) {
        return at(target(pointer)).asJsonObject();
    }

    private String target(String pointer) {
        String reference = at(pointer).asJsonObject().getString("$ref", "");
        return reference.isEmpty() ? pointer : reference.substring(1);
    }

    public JsonValue at(String pointer) {
        return Json.createPointer(pointer).getValue(document);
    }

    /** The validator finds no place whose name a URI cannot have. */
    private static String withoutBraces(String text) {
        return text.replaceAll("\\{([a-z_]+)}", "($1)");
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonObject read(Path file) {
        try {
            Object content = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return json(content).asJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonValue json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            var object = Json.createObjectBuilder();
            map.forEach(
                    (name, member) -> object.add(Objects.requireNonNull(name).toString(), json(member)));
            return object.build();
        }
        if (value instanceof List<?> list) {
            var array = Json.createArrayBuilder();
            list.forEach(item -> array.add(json(item)));
            return array.build();
        }
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Integer number) {
            return Json.createValue(number);
        }
        return value == null ? JsonValue.NULL : Json.createValue(value.toString());
    }
}
