package io.mcpdata.config;

import io.mcpdata.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a configuration under the names of the file. A key appears by its id only, a connection by its kind, files by
 * the names of their views. A value of
 * a type that is not listed here is refused, so that no secret is ever written.
 */
public final class ConfigJson {

    private ConfigJson() {}

    public static JsonObjectBuilder of(PlatformConfig config) {
        JsonObjectBuilder personas = Json.object();
        config.personas().forEach(persona -> personas.add(persona.name(), object(persona)));
        return object(config).add("personas", personas);
    }

    /** One section, under the names of the file. */
    public static JsonObjectBuilder object(ConfigRecord section) {
        JsonObjectBuilder json = Json.object();
        for (ConfigComponent component : ConfigComponent.of(section.getClass())) {
            if (component.isTold()) {
                add(json, component.name(), component.valueIn(section));
            }
        }
        return json;
    }

    private static void add(JsonObjectBuilder json, String name, Object value) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> add(json, name, present));
        } else if (value instanceof Duration duration) {
            json.add(name + "_ms", duration.toMillis());
        } else if (value instanceof KeyDigest digest) {
            json.add("key_id", digest.id());
        } else if (value instanceof ConnectionSource source) {
            json.add("kind", source.kind());
            if (source instanceof ConnectionSource.Files files) {
                json.add("files", Json.strings(files.views().keySet()))
                        .add("memory_mb", files.memoryMegabytes())
                        .add("threads", files.threads());
            }
        } else {
            json.add(name, value(value));
        }
    }

    private static JsonValue value(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (value instanceof Integer number) {
            return Json.provider().createValue(number);
        }
        if (value instanceof Long number) {
            return Json.provider().createValue(number);
        }
        if (value instanceof Enum<?>) {
            return Json.string(ConfigComponent.text(value));
        }
        if (value instanceof IdentityConfig identity) {
            return identity(identity);
        }
        if (value instanceof ConfigRecord section) {
            return object(section).build();
        }
        if (value instanceof Collection<?> items) {
            JsonArrayBuilder array = Json.array();
            // the order of a set is another one in each run
            (value instanceof Set<?> ? items.stream().sorted() : items.stream())
                    .map(ConfigJson::value)
                    .forEach(array::add);
            return array.build();
        }
        if (value instanceof String
                || value instanceof URI
                || value instanceof Instant
                || value instanceof NetworkRange
                || value instanceof IdentitySource
                || value instanceof CatalogTableName
                || value instanceof CatalogTermConfig.TableOfConnection
                || value instanceof Glob) {
            return Json.string(value.toString());
        }
        throw new IllegalStateException("no value of " + value.getClass() + " may be written");
    }

    /** The database role for each caller, and the names of the variables without their values. */
    private static JsonValue identity(IdentityConfig identity) {
        JsonObjectBuilder json = Json.object();
        identity.role().ifPresent(mapping -> {
            JsonObjectBuilder values = Json.object();
            mapping.values().forEach(values::add);
            JsonObjectBuilder role =
                    Json.object().add("by", mapping.by().toString()).add("values", values);
            mapping.standard().ifPresent(standard -> role.add("default", standard));
            json.add("role", role);
        });
        JsonObjectBuilder variables = Json.object();
        identity.variables()
                .forEach((name, mapping) -> variables.add(name, mapping.by().toString()));
        return json.add("variables", variables).build();
    }
}
