package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.TableReference;
import io.mcpdata.toolkit.sql.guard.TableReference.Part;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Finds what a database reads for the name of a table in a statement: by its rules for upper and lower case, and for a
 * name without a schema in the first schema of its search path that has such a name. Belongs to one connection and one
 * thread.
 */
final class NameResolution {

    private static final String SEARCH_PATH = "SELECT unnest(current_schemas(false))";

    private final DatabaseMetaData metadata;
    private final Dialect dialect;
    private final SqlSchema schema;
    private final SchemaNaming naming;
    private List<String> path = List.of();

    NameResolution(DatabaseMetaData metadata, Dialect dialect) throws SQLException {
        this.metadata = metadata;
        this.dialect = dialect;
        this.schema = new SqlSchema(metadata);
        this.naming = schema.naming();
    }

    /** The tables, views, synonyms and other relations that the name may mean; empty if there are none. */
    List<TableName> find(TableReference reference) throws SQLException {
        List<Part> parts = reference.parts();
        Part table = reference.table();
        if (parts.size() > (naming.hasSchemas() ? 3 : 2)
                || (naming.isOfAllCatalogs() ? parts.size() < 3 : parts.size() == 3 && !isOwnCatalog(parts.get(0)))) {
            return List.of();
        }
        List<TableName> named = new ArrayList<>();
        for (TableName candidate : schema.relations(spellings(table))) {
            if (isSame(table, candidate.name())) {
                named.add(candidate);
            }
        }
        if (parts.size() > 1) {
            return in(parts.subList(0, parts.size() - 1), named);
        }
        for (String searched : path()) {
            List<TableName> found = named.stream()
                    .filter(candidate -> candidate.schema().equals(searched))
                    .toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** @param written the parts before the table's name, of which the last ones count */
    private List<TableName> in(List<Part> written, List<TableName> named) throws SQLException {
        List<TableName> found = new ArrayList<>();
        for (TableName candidate : named) {
            List<String> names = SchemaNaming.parts(candidate.schema(), naming.isOfAllCatalogs());
            boolean same = names.size() <= written.size();
            for (int i = 1; same && i <= names.size(); i++) {
                same = isSame(written.get(written.size() - i), names.get(names.size() - i));
            }
            if (same) {
                found.add(candidate);
            }
        }
        return found;
    }

    private boolean isOwnCatalog(Part catalog) throws SQLException {
        return isSame(
                catalog, Objects.requireNonNullElse(metadata.getConnection().getCatalog(), ""));
    }

    /** The schemas in which the database looks for a name without a schema, in this order. */
    private List<String> path() throws SQLException {
        if (path.isEmpty()) {
            Connection connection = metadata.getConnection();
            List<String> read = new ArrayList<>();
            if (dialect == Dialect.POSTGRESQL) {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(SEARCH_PATH)) {
                    while (rows.next()) {
                        read.add(rows.getString(1));
                    }
                }
            } else {
                read.add(Objects.requireNonNullElse(
                        naming.hasSchemas() ? connection.getSchema() : connection.getCatalog(), ""));
            }
            if (dialect == Dialect.SQLSERVER) {
                read.add("dbo");
            }
            path = read;
        }
        return path;
    }

    private List<String> spellings(Part part) throws SQLException {
        String text = part.text();
        if (dialect == Dialect.POSTGRESQL) {
            return List.of(part.quoted() ? text : lower(text));
        }
        return List.of(text, text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT)).stream()
                .distinct()
                .toList();
    }

    private boolean isSame(Part written, String name) throws SQLException {
        String text = written.text();
        if (dialect == Dialect.POSTGRESQL) {
            return name.equals(written.quoted() ? text : lower(text));
        }
        if (written.quoted()) {
            return metadata.supportsMixedCaseQuotedIdentifiers() ? name.equals(text) : name.equalsIgnoreCase(text);
        }
        if (metadata.storesUpperCaseIdentifiers()) {
            return name.equals(text.toUpperCase(Locale.ROOT));
        }
        return metadata.supportsMixedCaseIdentifiers() ? name.equals(text) : name.equalsIgnoreCase(text);
    }

    /** PostgreSQL changes the case of ASCII letters only. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
    }
}
