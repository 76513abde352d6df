package io.mcpdata.toolkit.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row as a value, which Trino's driver returns as an object of a class of its own. */
final class TrinoRow {

    private TrinoRow() {}

    /** The values of its fields by name, or by position where they have no name; empty if it is no such row. */
    static Optional<Map<String, Object>> fields(Object value) {
        Class<?> type = value.getClass();
        if (!type.getName().startsWith("io.trino.jdbc.")
                || !type.getSimpleName().equals("Row")) {
            return Optional.empty();
        }
        try {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Object field : (List<?>) type.getMethod("getFields").invoke(value)) {
                Object name = field.getClass().getMethod("getName").invoke(field);
                String given = name instanceof Optional<?> optional
                        ? optional.map(String::valueOf).orElse("")
                        : "";
                String key = given.isEmpty() || fields.containsKey(given) ? "field" + fields.size() : given;
                fields.put(key, field.getClass().getMethod("getValue").invoke(field));
            }
            return Optional.of(fields);
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
