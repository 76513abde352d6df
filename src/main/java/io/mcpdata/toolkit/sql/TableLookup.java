package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the table that a caller names: with or without quotes of any database, schema and catalog, first in the letters
 * given and then without regard to case. Belongs to one connection and one thread.
 */
final class TableLookup {

    private static final String UNKNOWN = "No such table. ";
    private static final String ADVICE = "sql_list_tables names those there are.";
    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|`((?:[^`]|``)*)`|\\[([^]]*)]|([^.]+)");

    private final SqlSchema all;

    TableLookup(SqlSchema all) {
        this.all = all;
    }

    /**
     * @param schema empty if the name may have one
     * @throws ToolException if there is no such table, or several
     */
    TableName find(String schema, String asked) throws SQLException {
        all.forgetHidden();
        List<TableName> found = all.named(schema.isEmpty() ? null : schema, asked);
        List<String> parts = parts(asked);
        String name = parts.get(parts.size() - 1);
        String in = schema.isEmpty() ? schemaOf(parts) : schema;
        if (found.isEmpty() && isOwnCatalog(parts)) {
            found = all.named(in.isEmpty() ? null : in, name);
        }
        if (found.isEmpty()) {
            Optional<String> rule = all.hiddenBy();
            List<TableName> listed = all.tables();
            found = isOwnCatalog(parts)
                    ? listed.stream()
                            .filter(table -> table.name().equalsIgnoreCase(name)
                                    && (in.isEmpty() || table.schema().equalsIgnoreCase(in)))
                            .toList()
                    : List.of();
            if (found.isEmpty() && rule.isPresent()) {
                throw ToolException.denied("table_denied", rule.get(), unknown(name, listed));
            }
            if (found.isEmpty()) {
                throw new ToolException("table_unknown", unknown(name, listed));
            }
        }
        return one(found);
    }

    /** Empty if the name has none. */
    private String schemaOf(List<String> parts) {
        if (all.naming().isOfAllCatalogs() && parts.size() == 3) {
            return parts.get(0) + "." + parts.get(1);
        }
        return parts.size() > 1 ? parts.get(parts.size() - 2) : "";
    }

    private boolean isOwnCatalog(List<String> parts) {
        SchemaNaming naming = all.naming();
        return parts.size() < 3
                || parts.size() == 3
                        && naming.hasSchemas()
                        && (naming.isOfAllCatalogs() || parts.get(0).equalsIgnoreCase(String.valueOf(naming.own())));
    }

    private static List<String> parts(String asked) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(asked.strip());
        while (part.find()) {
            String text = part.group(1) != null
                    ? part.group(1).replace("\"\"", "\"")
                    : part.group(2) != null
                            ? part.group(2).replace("``", "`")
                            : part.group(3) != null
                                    ? part.group(3)
                                    : part.group(4).strip();
            parts.add(text);
        }
        return parts.isEmpty() ? List.of(asked) : parts;
    }

    /** Names near ones of the tables that exist for the caller. */
    private static String unknown(String name, List<TableName> listed) {
        List<String> near =
                NearNames.of(name, listed.stream().map(TableName::name).toList());
        return near.isEmpty() ? UNKNOWN + ADVICE : UNKNOWN + "Near names: " + String.join(", ", near) + ". " + ADVICE;
    }

    /** The only table, or the one in the connection's own schema. */
    private TableName one(List<TableName> found) throws SQLException {
        if (found.size() == 1) {
            return found.get(0);
        }
        String current = all.current();
        List<TableName> own =
                found.stream().filter(table -> table.schema().equals(current)).toList();
        if (own.size() == 1) {
            return own.get(0);
        }
        throw new ToolException(
                "table_ambiguous",
                "Several tables have that name: "
                        + found.stream().map(TableName::qualified).collect(Collectors.joining(", "))
                        + ". Give the schema too.");
    }
}
