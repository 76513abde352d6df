package io.mcpdata.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes the differences between two configurations: names and key ids, never a value. */
final class ConfigDiff {

    private final List<String> changes = new ArrayList<>();

    static List<String> between(PlatformConfig before, PlatformConfig after) {
        ConfigDiff diff = new ConfigDiff();
        diff.section("", before, after);
        diff.order(before.personas(), after.personas());
        return List.copyOf(diff.changes);
    }

    private void section(String path, ConfigRecord before, ConfigRecord after) {
        for (ConfigComponent component : ConfigComponent.of(before.getClass())) {
            Object was = component.valueIn(before);
            Object is = component.valueIn(after);
            String key = path + component.path();
            if (was instanceof ConfigRecord section) {
                section(key + ".", section, (ConfigRecord) is);
            } else if (isEntries(was) || isEntries(is)) {
                entries(byLabel(was), byLabel(is));
            } else if (!was.equals(is)) {
                changes.add(key + " changed"
                        + (component.isFromNextStart() ? "; this takes effect at the next start" : ""));
            }
        }
    }

    private static boolean isEntries(Object value) {
        return value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof ConfigEntry;
    }

    private static Map<String, ConfigEntry> byLabel(Object entries) {
        return ((List<?>) entries)
                .stream()
                        .map(ConfigEntry.class::cast)
                        .collect(Collectors.toMap(
                                ConfigEntry::label, entry -> entry, (first, second) -> second, LinkedHashMap::new));
    }

    private void entries(Map<String, ConfigEntry> before, Map<String, ConfigEntry> after) {
        before.forEach((label, entry) -> {
            if (!after.containsKey(label)) {
                changes.add(label + " removed");
            } else if (!entry.equals(after.get(label))) {
                changes.add(label + " changed");
            }
        });
        after.keySet().stream()
                .filter(label -> !before.containsKey(label))
                .forEach(label -> changes.add(label + " added"));
    }

    /** Of two personas with one priority the first in the file wins, so their order affects permissions. */
    private void order(List<PersonaConfig> before, List<PersonaConfig> after) {
        List<String> was = before.stream().map(PersonaConfig::name).toList();
        List<String> is = after.stream().map(PersonaConfig::name).toList();
        if (!was.stream()
                .filter(is::contains)
                .toList()
                .equals(is.stream().filter(was::contains).toList())) {
            changes.add("personas in another order");
        }
    }
}
