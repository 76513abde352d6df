package io.mcpdata.toolkit.sql.catalog;

import io.mcpdata.config.CatalogColumnConfig;
import io.mcpdata.config.CatalogTableConfig;
import io.mcpdata.config.CatalogTableName;
import io.mcpdata.config.CatalogTermConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Ranks tables by the words of a question: each word counts where it fits best and the less the more tables it fits, and
 * tables that more words fit come first. Belongs to one call.
 */
public final class TableSearch {

    private static final double TABLE_NAME = 10;
    private static final double TERM = 8;
    private static final double OWN_TEXT = 6;
    private static final double COLUMN_NAME = 5;
    private static final double COMMENT = 4;
    private static final double COLUMN_TEXT = 3;
    private static final double SCHEMA = 2;
    private static final double DEPRECATED = 0.3;

    private final List<String> question;
    private final OwnWords own;
    private final OwnWords.Visible visible;
    private final List<CatalogTermConfig> terms = new ArrayList<>();
    private final Map<String, Set<String>> termsByTable = new HashMap<>();
    private final List<Fit> fits = new ArrayList<>();
    private final Set<String> searched = new HashSet<>();
    private int tables;

    /** A table that fits, with those of its columns that do. */
    public record Match(
            String connection,
            KnownTable table,
            Optional<CatalogTableConfig> own,
            List<KnownTable.Column> columns,
            double score) {}

    /** @param words how well each word of the question fits the table, without those that do not */
    private record Fit(
            String connection,
            KnownTable table,
            Optional<CatalogTableConfig> own,
            List<KnownTable.Column> columns,
            Map<String, Double> words) {}

    public TableSearch(String question, OwnWords own, OwnWords.Visible visible) {
        this.question = Words.ofQuestion(question);
        this.own = own;
        this.visible = visible;
        for (CatalogTermConfig term : own.glossary()) {
            term(term);
        }
    }

    private void term(CatalogTermConfig term) {
        String[] name = Words.of(term.term());
        String[] definition = Words.of(term.definition());
        Set<String> meant = new HashSet<>();
        boolean asked = false;
        for (String word : question) {
            if (Words.fit(word, name) > 0.5) {
                meant.add(word);
                asked = true;
            } else {
                asked |= question.size() == 1 && Words.fit(word, definition) == 1;
            }
        }
        if (asked) {
            terms.add(term);
        }
        own.tables(term)
                .forEach(table -> termsByTable
                        .computeIfAbsent(
                                table.connection() + "/" + table.table().key(), key -> new HashSet<>())
                        .addAll(meant));
    }

    /** The words of the glossary that the question has and that are not only about tables of databases not searched. */
    public List<CatalogTermConfig> terms() {
        return terms.stream()
                .filter(term -> term.tables().isEmpty()
                        || own.tables(term).stream().anyMatch(table -> searched.contains(table.connection())))
                .toList();
    }

    /** Searches one database too. */
    public void in(String connection, TableIndex index) {
        searched.add(connection);
        for (TableIndex.Entry entry : index.entries()) {
            KnownTable table = entry.table();
            if (visible.exists(connection, table.schema(), table.name())) {
                tables++;
                fit(connection, entry);
            }
        }
    }

    private void fit(String connection, TableIndex.Entry entry) {
        KnownTable table = entry.table();
        Optional<CatalogTableConfig> words = own.table(connection, table.schema(), table.name());
        String[] text = words.map(TableSearch::text).orElse(Words.NONE);
        Set<String> meant = termsByTable.getOrDefault(
                connection + "/" + new CatalogTableName(table.schema(), table.name()).key(), Set.of());
        List<KnownTable.Column> columns = new ArrayList<>();
        Map<String, Double> best = new HashMap<>();
        for (String word : question) {
            double fit = Math.max(
                    Math.max(TABLE_NAME * Words.fit(word, entry.name()), OWN_TEXT * Words.fit(word, text)),
                    Math.max(COMMENT * Words.fit(word, entry.comment()), SCHEMA * Words.fit(word, entry.schema())));
            best.put(word, meant.contains(word) ? Math.max(fit, TERM) : fit);
        }
        for (TableIndex.Column column : entry.columns()) {
            String[] about = words.flatMap(known -> known.column(column.column().name()))
                    .map(TableSearch::text)
                    .orElse(Words.NONE);
            boolean fits = false;
            for (String word : question) {
                double fit = Math.max(
                        COLUMN_NAME * Words.fit(word, column.name()),
                        COLUMN_TEXT * Math.max(Words.fit(word, column.comment()), Words.fit(word, about)));
                fits |= fit > 1.5;
                best.merge(word, fit, Math::max);
            }
            if (fits) {
                columns.add(column.column());
            }
        }
        best.values().removeIf(fit -> fit == 0);
        if (!best.isEmpty()) {
            fits.add(new Fit(connection, table, words, columns, best));
        }
    }

    private static String[] text(CatalogTableConfig table) {
        return Words.of(String.join(
                " ",
                table.description(),
                table.owner(),
                String.join(" ", table.tags()),
                String.join(" ", table.examples())));
    }

    private static String[] text(CatalogColumnConfig column) {
        return Words.of(column.description() + " " + column.unit() + " " + String.join(" ", column.tags()));
    }

    /** The best first; equally good ones in the order of the index, whose first ones are of the connection's own schema. */
    public List<Match> best() {
        Map<String, Integer> fitting = new HashMap<>();
        fits.forEach(fit -> fit.words().keySet().forEach(word -> fitting.merge(word, 1, Integer::sum)));
        return fits.stream()
                .map(fit -> new Match(fit.connection(), fit.table(), fit.own(), fit.columns(), score(fit, fitting)))
                .sorted(Comparator.comparingDouble(Match::score)
                        .reversed()
                        .thenComparing(match -> match.table().name().length())
                        .thenComparing(Match::connection))
                .toList();
    }

    /** @param fitting how many tables each word fits */
    private double score(Fit fit, Map<String, Integer> fitting) {
        double sum = 0;
        for (Map.Entry<String, Double> word : fit.words().entrySet()) {
            sum += word.getValue() * Math.sqrt(Math.log1p((double) tables / fitting.getOrDefault(word.getKey(), 1)));
        }
        boolean old = fit.own().flatMap(CatalogTableConfig::deprecated).isPresent();
        return sum * fit.words().size() / question.size() * (old ? DEPRECATED : 1);
    }
}
