package io.mcpdata.config;

import io.mcpdata.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonPointer;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schema (2020-12) of {@code platform.yaml}, for editors. The reader itself checks more. The document is a file,
 * to which the numbers, flags, durations and choices are added that have a description in their {@link ConfigKey}. Where
 * the file has a pattern of its own for such a key, only description and default are added.
 */
public final class PlatformSchemaDocument {

    private static final String NAME = "platform.schema.json";

    private static final Map<String, Class<? extends Record>> SECTIONS = Map.of(
            "/properties/audit", AuditConfig.class,
            "/properties/limits", LimitsConfig.class,
            "/properties/metrics", MetricsConfig.class,
            "/properties/auth/properties/api_keys", ApiKeysConfig.class,
            "/$defs/persona", PersonaConfig.class,
            "/$defs/connection", ConnectionConfig.class,
            "/$defs/prompt_argument", PromptArgumentConfig.class,
            "/$defs/query_parameter", QueryParameterConfig.class,
            "/$defs/issuer", IssuerConfig.class);

    private static final JsonValue PLACEHOLDER =
            Json.object().add("$ref", "#/$defs/placeholder").build();

    private static final String TEXT = pretty(document());

    private PlatformSchemaDocument() {}

    public static String text() {
        return TEXT;
    }

    private static JsonObject document() {
        JsonObject document = Json.readObject(file());
        for (Map.Entry<String, Class<? extends Record>> section : SECTIONS.entrySet()) {
            for (ConfigComponent component : ConfigComponent.of(section.getValue())) {
                Optional<ConfigKey> described = component.described();
                if (described.isPresent()) {
                    JsonPointer place =
                            Json.provider().createPointer(section.getKey() + "/properties/" + component.name());
                    JsonObject given = place.containsValue(document)
                            ? place.getValue(document).asJsonObject()
                            : JsonValue.EMPTY_JSON_OBJECT;
                    document = place.add(document, schema(given, component, described.get()));
                }
            }
        }
        return withOneIssuer(document);
    }

    /** A single issuer has its keys beside enabled, so these are keys of oidc too. */
    private static JsonObject withOneIssuer(JsonObject document) {
        JsonObject result = document;
        String issuer = "/$defs/issuer/properties";
        for (String key : Json.provider()
                .createPointer(issuer)
                .getValue(document)
                .asJsonObject()
                .keySet()) {
            result = Json.provider()
                    .createPointer("/properties/auth/properties/oidc/properties/" + key)
                    .add(
                            result,
                            Json.object().add("$ref", "#" + issuer + "/" + key).build());
        }
        return result;
    }

    private static JsonObject schema(JsonObject given, ConfigComponent component, ConfigKey key) {
        Object standard = component.standard();
        JsonObjectBuilder schema = Json.provider().createObjectBuilder(given).add("description", key.about());
        JsonObjectBuilder value = Json.object();
        if (standard instanceof Integer number) {
            schema.add("default", number);
            value.add("type", "integer").add("minimum", key.least()).add("maximum", key.most());
        } else if (standard instanceof Boolean flag) {
            schema.add("default", flag);
            value.add("type", "boolean");
        } else {
            schema.add("default", key.standard());
            if (standard instanceof Duration) {
                value.add("type", "string").add("pattern", "^[1-9][0-9]{0,8}(ms|s|m|h|d)$");
            } else {
                value.add("enum", Json.strings(component.choices()));
            }
        }
        return given.isEmpty()
                ? schema.add("anyOf", Json.array().add(value).add(PLACEHOLDER)).build()
                : schema.build();
    }

    private static String file() {
        try (InputStream schema = PlatformSchemaDocument.class.getResourceAsStream(NAME)) {
            if (schema == null) {
                throw new IOException("the WAR lacks " + NAME);
            }
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pretty(JsonObject document) {
        StringWriter out = new StringWriter();
        try (JsonWriter writer = Json.provider()
                .createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(out)) {
            writer.write(document);
        }
        return out.toString();
    }
}
