package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.TableReference;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides by the rules over tables whether a statement may run. A table that is hidden from the caller is reported as
 * one that does not exist; only the audit row names the rule. Belongs to one call.
 */
final class TableDecision {

    private final DatabaseMetaData metadata;
    private final DatabaseProfile profile;
    private final TableFilter filter;
    private final String asked;

    /** @param asked the caller's statement */
    TableDecision(DatabaseMetaData metadata, DatabaseProfile profile, TableFilter filter, String asked) {
        this.metadata = metadata;
        this.profile = profile;
        this.filter = filter;
        this.asked = asked;
    }

    /**
     * What the database reads for a name.
     *
     * @param found empty for a common table; several if the name may mean each of them
     */
    record Decided(TableReference reference, List<TableName> found) {}

    /**
     * The tables that the statement reads.
     *
     * @param explains whether the statement is explained and not run
     * @throws ToolException if a table does not exist for the caller
     */
    List<Decided> check(List<TableReference> tables, boolean explains) throws SQLException {
        NameResolution names = new NameResolution(metadata, profile.dialect());
        List<Decided> decided = new ArrayList<>();
        for (TableReference table : tables) {
            List<TableName> found = names.find(table);
            decided.add(new Decided(table, found));
            if (found.isEmpty() && !table.optional() && !isDual(table)) {
                throw new ToolException("table_unknown", unknown(table));
            }
            for (TableName one : found) {
                Optional<String> rule = hiddenBy(one);
                if (rule.isPresent()) {
                    throw ToolException.denied("table_denied", rule.get(), unknown(table));
                }
                if (explains) {
                    checkPlan(one);
                }
            }
            if (found.isEmpty() && table.optional()) {
                checkCommonTable(table);
            }
        }
        return decided;
    }

    /** @throws ToolException if a plan would show tables that the statement does not name */
    private void checkPlan(TableName table) throws SQLException {
        if (table.type().contains("VIEW")) {
            throw new ToolException(
                    "not_supported",
                    "sql_explain explains no views here: a plan shows the tables behind a view. Explain a"
                            + " statement over tables.");
        }
        if (profile.dialect() == Dialect.POSTGRESQL && hasPolicies(table)) {
            throw new ToolException(
                    "not_supported",
                    "sql_explain explains no tables with row level security here: a plan shows the conditions of the"
                            + " policies. Explain a statement over other tables.");
        }
    }

    private boolean hasPolicies(TableName table) throws SQLException {
        try (PreparedStatement query = metadata.getConnection().prepareStatement("""
                SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relname = ? AND c.relrowsecurity""")) {
            query.setString(1, table.schema());
            query.setString(2, table.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Sequences, synonyms and tables of the system are not listed, so nothing could be decided about them. */
    private Optional<String> hiddenBy(TableName relation) {
        return SqlSchema.isListed(relation)
                ? filter.hiddenBy(relation.schema(), relation.name())
                : Optional.of("no table or view: " + relation.type());
    }

    /**
     * A common table whose name belongs to a denied table is refused whether or not there is such a table, so that the
     * answer does not show it.
     */
    private void checkCommonTable(TableReference table) throws SQLException {
        String schema = new SqlSchema(metadata).current();
        Optional<String> rule = filter.hiddenBy(schema, table.table().text()).filter(text -> text.contains(".deny["));
        if (rule.isPresent()) {
            throw ToolException.denied("table_denied", rule.get(), unknown(table));
        }
    }

    private boolean isDual(TableReference table) {
        boolean known = profile.dialect() == Dialect.H2 || profile.dialect() == Dialect.ORACLE;
        return known && table.parts().size() == 1 && table.table().text().equalsIgnoreCase("dual");
    }

    private String unknown(TableReference table) throws SQLException {
        StringBuilder text = new StringBuilder("Unknown table: " + table.shown());
        ErrorPlace.of(asked, asked.codePointCount(0, Math.min(table.index(), asked.length())))
                .ifPresent(place -> text.append('\n').append(place.readable()));
        UnknownName name = new UnknownName(true, table.table().text());
        List<String> near = name.near(new SqlSchema(metadata, filter), profile, asked);
        return text.append('\n')
                .append(near.isEmpty() ? name.advice() : "Near names: " + String.join(", ", near))
                .toString();
    }
}
