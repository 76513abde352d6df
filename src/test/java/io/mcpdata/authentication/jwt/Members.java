package io.mcpdata.authentication.jwt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The members of a JSON object, each value as raw JSON text, so that a test can write text that no library would. */
public record Members(Map<String, String> raw) {

    static Members of(String name, String json) {
        return new Members(Map.of(name, json));
    }

    /** The same with this member added or replaced. */
    public Members with(String name, String json) {
        Map<String, String> changed = new LinkedHashMap<>(raw);
        changed.put(name, json);
        return new Members(changed);
    }

    public Members without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(raw);
        changed.remove(name);
        return new Members(changed);
    }

    /** The object's text with this text put in front of its end. */
    String withRaw(String tail) {
        String whole = toString();
        return whole.substring(0, whole.length() - 1) + tail + "}";
    }

    @Override
    public String toString() {
        return raw.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
