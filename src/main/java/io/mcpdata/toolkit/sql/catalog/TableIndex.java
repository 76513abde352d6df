package io.mcpdata.toolkit.sql.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of one database, prepared for {@link TableSearch}. Has every table that the database account sees: what a
 * caller may see is decided at each search. Immutable.
 */
public final class TableIndex {

    private final List<Entry> entries;
    private final int columns;
    private final boolean complete;

    /** @param complete whether the database has no other tables and columns */
    public TableIndex(List<KnownTable> tables, boolean complete) {
        Map<String, String> once = new HashMap<>();
        List<Entry> prepared = new ArrayList<>();
        int count = 0;
        for (KnownTable table : tables) {
            prepared.add(Entry.of(table, once));
            count += table.columns().size();
        }
        this.entries = List.copyOf(prepared);
        this.columns = count;
        this.complete = complete;
    }

    List<Entry> entries() {
        return entries;
    }

    /** How much memory it takes, in tables and columns. */
    public int size() {
        return entries.size() + columns;
    }

    public boolean isComplete() {
        return complete;
    }

    /** A table with the words of its names and comments. */
    record Entry(KnownTable table, String[] schema, String[] name, String[] comment, List<Column> columns) {

        static Entry of(KnownTable table, Map<String, String> once) {
            return new Entry(
                    table,
                    words(table.schema(), once),
                    words(table.name(), once),
                    words(table.comment(), once),
                    table.columns().stream()
                            .map(column ->
                                    new Column(column, words(column.name(), once), words(column.comment(), once)))
                            .toList());
        }

        /** Each word has one object in an index, because names repeat. */
        private static String[] words(String text, Map<String, String> once) {
            String[] words = Words.of(text);
            for (int i = 0; i < words.length; i++) {
                words[i] = once.computeIfAbsent(words[i], word -> word);
            }
            return words;
        }
    }

    record Column(KnownTable.Column column, String[] name, String[] comment) {}
}
