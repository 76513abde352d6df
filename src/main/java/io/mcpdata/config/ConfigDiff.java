package io.mcpdata.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells two configurations apart in words: names and key ids, never a value. */
final class ConfigDiff {

    private final List<String> changes = new ArrayList<>();

    static List<String> between(PlatformConfig before, PlatformConfig after) {
        ConfigDiff diff = new ConfigDiff();
        diff.whole("server", before.server(), after.server());
        diff.entries(
                "api key",
                byName(before.apiKeys().keys(), ConfigDiff::label),
                byName(after.apiKeys().keys(), ConfigDiff::label));
        diff.whole(
                "auth.api_keys.enabled",
                before.apiKeys().enabled(),
                after.apiKeys().enabled());
        diff.whole(
                "auth.api_keys.query_parameter",
                before.apiKeys().queryParameter(),
                after.apiKeys().queryParameter());
        diff.entries(
                "persona",
                byName(before.personas(), PersonaConfig::name),
                byName(after.personas(), PersonaConfig::name));
        diff.entries(
                "connection",
                byName(before.connections(), ConnectionConfig::name),
                byName(after.connections(), ConnectionConfig::name));
        diff.whole("audit", before.audit(), after.audit());
        diff.whole("limits", before.limits(), after.limits());
        return List.copyOf(diff.changes);
    }

    private static String label(ApiKeyConfig key) {
        return key.name() + " (" + key.digest().id() + ")";
    }

    private static <T> Map<String, T> byName(List<T> entries, Function<T, String> name) {
        return entries.stream()
                .collect(Collectors.toMap(name, Function.identity(), (first, second) -> second, LinkedHashMap::new));
    }

    private void whole(String what, Object before, Object after) {
        if (!before.equals(after)) {
            changes.add(what + " changed");
        }
    }

    private <T> void entries(String what, Map<String, T> before, Map<String, T> after) {
        before.forEach((name, entry) -> {
            if (!after.containsKey(name)) {
                changes.add(what + " " + name + " removed");
            } else if (!entry.equals(after.get(name))) {
                changes.add(what + " " + name + " changed");
            }
        });
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> changes.add(what + " " + name + " added"));
    }
}
