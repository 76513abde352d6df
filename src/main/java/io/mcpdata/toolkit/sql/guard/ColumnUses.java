package io.mcpdata.toolkit.sql.guard;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** Finds columns in expressions. */
final class ColumnUses {

    private ColumnUses() {}

    /** The columns in expressions of a parse tree, each once. */
    static List<ColumnUse> of(List<Node> nodes) {
        Set<Object> alone = Collections.newSetFromMap(new IdentityHashMap<>());
        nodes.forEach(node -> addAlone(node.jjtGetValue(), alone));
        return nodes.stream()
                .map(Node::jjtGetValue)
                .filter(value -> value instanceof Column && !alone.contains(value))
                .map(value -> use((Column) value))
                .distinct()
                .toList();
    }

    private static void addAlone(@Nullable Object value, Set<Object> alone) {
        if (value instanceof PlainSelect select) {
            if (select.getSelectItems() != null) {
                select.getSelectItems().forEach(item -> alone.add(item.getExpression()));
            }
            if (select.getGroupBy() != null && select.getGroupBy().getGroupByExpressionList() != null) {
                alone.addAll(select.getGroupBy().getGroupByExpressionList());
            }
        }
        if (value instanceof Select select && select.getOrderByElements() != null) {
            select.getOrderByElements().forEach(element -> alone.add(element.getExpression()));
        }
    }

    private static ColumnUse use(Column column) {
        Table table = column.getTable();
        String name = table == null || table.getName() == null ? "" : SqlTree.unquoted(table.getName());
        return new ColumnUse(name, SqlTree.unquoted(column.getColumnName()));
    }
}
