package io.mcpdata.toolkit.sql;

import io.mcpdata.config.IdentityMapping;
import io.mcpdata.config.IdentitySource;
import io.mcpdata.config.MaskConfig;
import io.mcpdata.config.QueryParameterConfig.Type;
import io.mcpdata.config.QueryText;
import io.mcpdata.config.RowFilterConfig;
import io.mcpdata.gateway.ToolException;
import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.TableDecision.Decided;
import io.mcpdata.toolkit.sql.guard.ColumnUse;
import io.mcpdata.toolkit.sql.guard.Dialect;
import io.mcpdata.toolkit.sql.guard.GuardedStatement;
import io.mcpdata.toolkit.sql.guard.StatementRefused;
import io.mcpdata.toolkit.sql.guard.TableReference;
import jakarta.json.JsonValue;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Replaces each table that has masks or row filters for the caller by a subquery, which gives the masked values of the
 * visible rows. All that the statement computes, it computes on these. Belongs to one call.
 */
final class TableRestrictions {

    private final DatabaseProfile profile;
    private final TableFilter rules;
    private final CallerFacts caller;
    private final SqlSchema schema;
    private final MaskSql masks;

    /** What replaces a table, and the values of its markers in their order. */
    private record Replacement(TableReference reference, String sql, List<JsonValue> values) {}

    /** A table with masks or filters. */
    private record Restricted(TableReference reference, TableName table, List<String> columns, Set<String> masked) {}

    TableRestrictions(
            DatabaseMetaData metadata, DatabaseProfile profile, TableFilter rules, CallerFacts caller, MaskKey key)
            throws SQLException {
        this.profile = profile;
        this.rules = rules;
        this.caller = caller;
        this.schema = new SqlSchema(metadata);
        this.masks = new MaskSql(profile, key);
    }

    /**
     * The statement for the database.
     *
     * @param tables all tables of the statement, in their order
     * @param explains whether the statement is explained and not run
     * @throws ToolException if it has an expression over a masked column, or cannot be decided
     */
    Rewriting of(SqlStatement asked, GuardedStatement guarded, List<Decided> tables, boolean explains)
            throws SQLException {
        List<Restricted> restricted = new ArrayList<>();
        for (Decided decided : tables) {
            restricted(decided).ifPresent(restricted::add);
        }
        SqlStatement statement = asked.guarded(guarded);
        if (restricted.isEmpty()) {
            return Rewriting.none(statement);
        }
        if (explains) {
            throw new ToolException(
                    "not_supported",
                    "sql_explain explains no tables with masked columns or row filters: a plan shows their conditions."
                            + " These tables have them for you: " + names(restricted) + ".");
        }
        if (!masks.areSupported()) {
            throw new ToolException(
                    "not_supported",
                    "Masked columns and row filters are not supported on " + profile.product() + ", so these tables"
                            + " cannot be read here: " + names(restricted) + ".");
        }
        checkMarkers(guarded);
        checkColumns(guarded, tables, restricted);
        List<String> hidden = new ArrayList<>();
        List<Replacement> replacements = new ArrayList<>();
        for (Restricted one : restricted) {
            replacements.add(replacement(one, hidden));
        }
        return new Rewriting(statement, replaced(statement, guarded, replacements), hidden);
    }

    /** The values of masks and filters must get to their own markers. */
    private static void checkMarkers(GuardedStatement guarded) {
        try {
            guarded.markers().checkCertain();
        } catch (StatementRefused e) {
            throw new ToolException("statement_refused", "Statement refused: " + e.getMessage());
        }
    }

    private static String names(List<Restricted> restricted) {
        return restricted.stream()
                .map(one -> one.table().qualified())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private Optional<Restricted> restricted(Decided decided) throws SQLException {
        for (TableName table : decided.found()) {
            List<String> columns = schema.columnNames(table);
            Set<String> masked = columns.stream()
                    .filter(column -> rules.mask(table, column).isPresent())
                    .map(TableRestrictions::lower)
                    .collect(Collectors.toSet());
            if (masked.isEmpty() && rules.rowFilters(table).isEmpty()) {
                continue;
            }
            if (decided.found().size() > 1 || decided.reference().optional() || columns.isEmpty()) {
                throw undecided(decided.reference());
            }
            return Optional.of(new Restricted(decided.reference(), table, columns, masked));
        }
        return Optional.empty();
    }

    private static ToolException undecided(TableReference reference) {
        return new ToolException(
                "statement_refused",
                "Statement refused: it cannot be decided which table " + reference.shown() + " is, and some have masked"
                        + " columns or row filters; write its schema, and give common tables other names");
    }

    /**
     * Nothing is computed over masked values, because a figure would be wrong without a sign of it. What a name does not
     * show, such as a masked column that a subquery renamed, is computed on masked values.
     */
    private void checkColumns(GuardedStatement guarded, List<Decided> tables, List<Restricted> restricted) {
        Set<String> others = new HashSet<>();
        for (Decided decided : tables) {
            if (restricted.stream().noneMatch(one -> one.reference().equals(decided.reference()))) {
                others.add(name(decided.reference()));
            }
        }
        for (ColumnUse use : guarded.columns()) {
            String table = lower(use.table());
            Optional<Restricted> masking = restricted.stream()
                    .filter(one -> one.masked().contains(lower(use.name())))
                    .filter(one -> table.isEmpty()
                            || table.equals(name(one.reference()))
                            || !isKnown(table, others, restricted))
                    .findFirst();
            if (masking.isPresent()) {
                throw new ToolException(
                        "column_masked",
                        "The column " + use.name() + " of "
                                + masking.get().table().qualified()
                                + " is masked for you. You can select it, group and sort by it; it stands for no"
                                + " comparison, function, join or other expression.");
            }
        }
    }

    /** Whether it is the name of a table of the statement, and not of a subquery or common table. */
    private static boolean isKnown(String name, Set<String> others, List<Restricted> restricted) {
        return others.contains(name) || restricted.stream().anyMatch(one -> name.equals(name(one.reference())));
    }

    private static String name(TableReference reference) {
        return lower(reference.alias().isEmpty() ? reference.table().text() : reference.alias());
    }

    private Replacement replacement(Restricted one, List<String> hidden) {
        List<JsonValue> values = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String column : one.columns()) {
            Optional<MaskConfig> mask = rules.mask(one.table(), column);
            columns.add(mask.map(found -> masks.masked(column, found, values)).orElseGet(() -> masks.quoted(column)));
        }
        List<RowFilterConfig> filters = rules.rowFilters(one.table());
        StringBuilder sql = new StringBuilder("(SELECT ")
                .append(String.join(", ", columns))
                .append(" FROM ")
                .append(masks.quoted(one.table()));
        if (!filters.isEmpty()) {
            List<String> conditions = new ArrayList<>();
            for (RowFilterConfig filter : filters) {
                conditions.add("(" + condition(filter, one, values, hidden) + ")");
                hidden.add(filter.where());
            }
            sql.append(" WHERE ").append(String.join(" AND ", conditions)).append(masks.fence());
        }
        sql.append(')');
        if (one.reference().alias().isEmpty()) {
            TableReference.Part part = one.reference().table();
            sql.append(" AS ").append(part.quoted() ? masks.quoted(part.text()) : part.text());
        }
        return new Replacement(one.reference(), sql.toString(), values);
    }

    private String condition(RowFilterConfig filter, Restricted one, List<JsonValue> values, List<String> hidden) {
        return QueryText.of(filter.where(), name -> {
                    IdentitySource source = filter.value(name);
                    List<String> texts = texts(source, one);
                    texts.forEach(text -> values.add(Json.string(text)));
                    hidden.addAll(source.kind() == IdentitySource.Kind.CLAIM ? texts : List.of());
                    return texts.stream().map(text -> "?").collect(Collectors.joining(", "));
                })
                .marked();
    }

    /** The texts of a fact; {@code IN (:name)} takes several. */
    private List<String> texts(IdentitySource source, Restricted one) {
        List<String> texts = caller.texts(source);
        if (texts.isEmpty() || !texts.stream().allMatch(IdentityMapping::isValue)) {
            throw new ToolException(
                    "identity_missing",
                    "The table " + one.table().qualified() + " is not open to you: the condition on its rows needs "
                            + source + ", and you have no such value. Tell the operator of this server.");
        }
        return texts;
    }

    /** The text with the replacements, and all values in the order of their markers. */
    private SqlStatement replaced(SqlStatement statement, GuardedStatement guarded, List<Replacement> replacements) {
        boolean operators = profile.dialect() == Dialect.POSTGRESQL
                && statement.parameters().isEmpty()
                && statement.markers() > 0;
        if (!operators) {
            statement.checkCount();
        }
        StringBuilder sql = new StringBuilder();
        List<JsonValue> values = new ArrayList<>();
        List<Optional<Type>> types = new ArrayList<>();
        int from = 0;
        int marker = 0;
        List<Replacement> left = new ArrayList<>(replacements);
        List<Integer> places = guarded.markers().places();
        while (!left.isEmpty() || marker < places.size()) {
            boolean isMarker = left.isEmpty()
                    || (marker < places.size()
                            && places.get(marker) < left.get(0).reference().index());
            if (isMarker) {
                int place = places.get(marker);
                // without values of the caller it is an operator of PostgreSQL, which is doubled beside markers
                sql.append(guarded.sql(), from, place).append(operators ? "??" : "?");
                from = place + 1;
                if (!operators) {
                    values.add(statement.parameters().get(marker));
                    types.add(
                            statement.types().isEmpty()
                                    ? Optional.empty()
                                    : statement.types().get(marker));
                }
                marker++;
            } else {
                Replacement next = left.remove(0);
                sql.append(guarded.sql(), from, next.reference().index()).append(next.sql());
                from = next.reference().end();
                next.values().forEach(value -> {
                    values.add(value);
                    types.add(Optional.empty());
                });
            }
        }
        sql.append(guarded.sql(), from, guarded.sql().length());
        return new SqlStatement(sql.toString(), values, values.size(), types);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
