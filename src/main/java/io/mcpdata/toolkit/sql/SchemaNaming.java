package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.Dialect;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the schema of a {@link TableName} is made of catalog and schema of JDBC. A database has its tables in the schemas of
 * one catalog, or in catalogs. Trino has catalogs of different systems: a connection without a catalog in its URL shows all
 * of them, and the name of a schema is then {@code CATALOG.SCHEMA}. Immutable.
 *
 * @param hasSchemas whether the tables are in schemas, not in catalogs
 * @param own the catalog of the connection; null if it has none
 */
record SchemaNaming(boolean hasSchemas, @Nullable String own, boolean isOfAllCatalogs) {

    static SchemaNaming of(DatabaseMetaData metadata) throws SQLException {
        boolean schemas = metadata.supportsSchemasInTableDefinitions();
        String own = metadata.getConnection().getCatalog();
        Dialect dialect = Dialect.of(SqlSchema.text(metadata.getDatabaseProductName()));
        return new SchemaNaming(schemas, own, isOfAllCatalogs(metadata, dialect));
    }

    static boolean isOfAllCatalogs(DatabaseMetaData metadata, Dialect dialect) throws SQLException {
        return dialect == Dialect.TRINO
                && SqlSchema.text(metadata.getConnection().getCatalog()).isEmpty();
    }

    /** The parts of a schema's name in a statement; none if it is empty. */
    static List<String> parts(String schema, boolean ofAllCatalogs) {
        int point = ofAllCatalogs ? schema.indexOf('.') : -1;
        if (point >= 0) {
            return List.of(schema.substring(0, point), schema.substring(point + 1));
        }
        return schema.isEmpty() ? List.of() : List.of(schema);
    }

    /** The catalog to search for tables of any schema; null for all. */
    @Nullable
    String searched() {
        return hasSchemas && !isOfAllCatalogs ? own : null;
    }

    /** @param prefix of the names of the columns: empty, {@code PK} or {@code FK} */
    String schemaOf(ResultSet row, String prefix) throws SQLException {
        String catalog = SqlSchema.text(row.getString(prefix + "TABLE_CAT"));
        if (!hasSchemas) {
            return catalog;
        }
        String schema = SqlSchema.text(row.getString(prefix + "TABLE_SCHEM"));
        return isOfAllCatalogs ? catalog + "." + schema : schema;
    }

    @Nullable
    String catalog(String schema) {
        if (!hasSchemas) {
            return schema;
        }
        return isOfAllCatalogs ? parts(schema, true).get(0) : own;
    }

    @Nullable
    String schema(String schema) {
        if (!hasSchemas) {
            return null;
        }
        List<String> parts = parts(schema, isOfAllCatalogs);
        return parts.isEmpty() ? schema : parts.get(parts.size() - 1);
    }
}
