package io.mcpdata.config;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A digest of a configuration, or of parts of it, with its secrets: equal on servers that do the same. It is made with a key
 * that only these servers have, so that a reader of the database cannot guess a secret by it.
 */
public final class ConfigDigest {

    /** The keys that servers with one store may have of their own. */
    private static final Map<Class<?>, Set<String>> OWN = Map.of(
            PlatformConfig.class, Set.of("database"),
            ServerConfig.class, Set.of("data_dir"),
            AuditConfig.class, Set.of("forward"));

    private ConfigDigest() {}

    /**
     * Empty if the server has its store for itself.
     *
     * @param config has the key
     * @param part records of the configuration, or a collection of them
     */
    public static Optional<byte[]> of(PlatformConfig config, Object part) {
        return SharedKey.of(config, "digests of configurations").map(key -> SharedKey.derived(key, canonical(part)));
    }

    /** The same text for equal values, in any order of sets and maps. */
    private static String canonical(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(ConfigDigest::canonical).orElse("-");
        }
        if (value instanceof Secret secret) {
            return quoted(secret.reveal());
        }
        if (value instanceof Record) {
            Set<String> own = OWN.getOrDefault(value.getClass(), Set.of());
            return ConfigComponent.of(value.getClass()).stream()
                    .filter(component -> !own.contains(component.name()))
                    .map(component -> component.name() + "=" + canonical(component.valueIn(value)))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Collection<?> items) {
            var texts = items.stream().map(ConfigDigest::canonical);
            return (value instanceof Set<?> ? texts.sorted() : texts).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> entries) {
            return entries.entrySet().stream()
                    .map(entry -> canonical(entry.getKey()) + "=" + canonical(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(",", "{", "}"));
        }
        return quoted(String.valueOf(value));
    }

    /** With its length, so that no value can look like two. */
    private static String quoted(String text) {
        return text.length() + ":" + text;
    }
}
