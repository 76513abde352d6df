package io.mcpdata.store;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The tables of the keys that were made at run time, as both products have them. */
final class KeyTables {

    private static final List<String> KEY = List.of(
            "key_id",
            "digest",
            "name",
            "roles",
            "description",
            "email",
            "not_before",
            "expires_at",
            "allowed_networks",
            "created_at",
            "created_by",
            "created_by_identity",
            "created_by_credential",
            "replaced_by",
            "revoked_at");
    private static final List<String> USE = List.of("key_id", "used_at", "address", "use_count");

    private KeyTables() {}

    /**
     * Adds the keys with their revocations and last use to the empty tables, and sets their revision.
     *
     * @return how many keys there are
     */
    static int copy(ReadOnlyStore source, Handle to) {
        int keys = insert(to, "api_key", KEY, rows(source, "api_key", KEY));
        insert(to, "api_key_use", USE, rows(source, "api_key_use", USE));
        to.createUpdate("UPDATE api_key_revision SET revision = ? WHERE id = 1")
                .bind(0, rows(source, "api_key_revision", List.of("revision")).get(0)[0])
                .execute();
        return keys;
    }

    /** They fit into memory: a server has all of them there too. */
    private static List<@Nullable Object[]> rows(ReadOnlyStore source, String table, List<String> columns) {
        try {
            return source.jdbi()
                    .withHandle(from -> from.createQuery("SELECT " + String.join(", ", columns) + " FROM " + table)
                            .map((row, context) -> {
                                @Nullable Object[] values = new Object[columns.size()];
                                for (int i = 0; i < values.length; i++) {
                                    values[i] = row.getObject(i + 1);
                                }
                                return values;
                            })
                            .list());
        } catch (JdbiException e) {
            throw new StoreUnavailableException("the store cannot be read to its end: it is damaged", e);
        }
    }

    private static int insert(Handle to, String table, List<String> columns, List<@Nullable Object[]> rows) {
        String places = String.join(", ", Collections.nCopies(columns.size(), "?"));
        String statement = columns.stream()
                .collect(Collectors.joining(", ", "INSERT INTO " + table + " (", ") VALUES (" + places + ")"));
        for (@Nullable Object[] row : rows) {
            Update insert = to.createUpdate(statement);
            for (int i = 0; i < row.length; i++) {
                insert.bind(i, row[i]);
            }
            insert.execute();
        }
        return rows.size();
    }
}
