package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.SqlWords.Word;
import io.mcpdata.toolkit.sql.guard.EmbeddedBounds;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statements;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Lets exactly one read through: the words hold nothing that writes, locks or reaches the system's own tables, every
 * function is on the list, and the parser finds one {@code SELECT}. What it does not understand it refuses. Thread-safe.
 */
final class SqlGuard {

    private static final int LONGEST = 32_768;
    private static final int MOST_WORDS = 10_000;
    private static final int DEEPEST = 64;
    private static final int MOST_CASES = 256;
    private static final Set<String> FIRST = Set.of("select", "with", "values", "(");

    /**
     * @param allowed functions let through besides the built-in list, lower case
     * @return the statement without a closing semicolon
     * @throws StatementRefused if it is anything but one read
     */
    String check(String sql, Set<String> allowed) {
        return check(sql, allowed, false);
    }

    /** @param embedded whether it is to run on a database in this JVM, where little can be interrupted */
    String check(String sql, Set<String> allowed, boolean embedded) {
        if (sql.length() > LONGEST) {
            throw new StatementRefused("the statement is longer than " + LONGEST + " characters");
        }
        String one = sql.strip();
        while (one.endsWith(";")) {
            one = one.substring(0, one.length() - 1).strip();
        }
        List<Word> words = SqlWords.of(one);
        if (words.isEmpty() || !words.get(0).isOneOf(FIRST)) {
            throw new StatementRefused("only reading is possible here: one SELECT (WITH and VALUES may begin it too)");
        }
        checkSize(words);
        for (int i = 0; i < words.size(); i++) {
            checkWord(words, i);
        }
        new SqlCalls(words, allowed).check();
        Select parsed = checkParsed(one, words);
        if (embedded) {
            EmbeddedBounds.check(parsed).ifPresent(why -> {
                throw new StatementRefused(why);
            });
        }
        return one;
    }

    private static void checkSize(List<Word> words) {
        if (words.size() > MOST_WORDS) {
            throw new StatementRefused("the statement has more than " + MOST_WORDS + " words and symbols");
        }
        if (words.stream().filter(word -> word.is("case")).count() > MOST_CASES) {
            throw new StatementRefused("the statement has more than " + MOST_CASES + " CASE expressions");
        }
        int depth = 0;
        for (Word word : words) {
            depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
            if (depth > DEEPEST) {
                throw new StatementRefused("the statement is nested more than " + DEEPEST + " levels deep");
            }
        }
    }

    private static void checkWord(List<Word> words, int i) {
        Word word = words.get(i);
        if (word.is(";")) {
            throw new StatementRefused("exactly one statement is accepted, and this text holds several");
        }
        if (!word.name()) {
            return;
        }
        Word after = i + 1 < words.size() ? words.get(i + 1) : Word.NOTHING;
        if (isOfTheSystem(word, after)) {
            throw new StatementRefused(
                    "system tables are not for queries; sql_list_tables and sql_describe_table tell about the schema");
        }
        boolean column = isColumnOf(words, i) && !word.is("nextval");
        if (word.isOneOf(SqlVocabulary.FORBIDDEN) && !column) {
            throw new StatementRefused("only reading is possible here: one SELECT, without \"" + word.text()
                    + "\" (a column of that name must be quoted or written as table.column)");
        }
        if (!word.quoted()
                && !after.quoted()
                && SqlVocabulary.FORBIDDEN_PAIRS.contains(word.text() + " " + after.text())) {
            throw new StatementRefused(
                    "only reading is possible here: one SELECT, without \"" + word.text() + " " + after.text() + "\"");
        }
        if (word.isOneOf(SqlVocabulary.ACCOUNT) && !column) {
            throw new StatementRefused("\"" + word.text() + "\" is not accepted; platform_info tells who you are here");
        }
    }

    private static boolean isOfTheSystem(Word word, Word after) {
        String lower = word.text().toLowerCase(Locale.ROOT);
        return (after.is(".") && SqlVocabulary.SYSTEM_SCHEMAS.contains(lower))
                || SqlVocabulary.SYSTEM_PREFIXES.stream().anyMatch(lower::startsWith);
    }

    /** Behind {@code table.} no dialect reads a keyword. {@code 1.} is no table but a number. */
    private static boolean isColumnOf(List<Word> words, int i) {
        return i >= 2
                && words.get(i - 1).is(".")
                && words.get(i - 2).name()
                && !words.get(i - 2).text().isEmpty()
                && (words.get(i - 2).quoted()
                        || !Character.isDigit(words.get(i - 2).text().charAt(0)));
    }

    /**
     * The parser knows words of many dialects at once, and would not have a table called {@code returns}. What it cannot
     * read it is given a second time, with such words quoted; the database gets the statement as it was sent.
     */
    private static Select checkParsed(String sql, List<Word> words) {
        Statements statements = parsed(sql)
                .or(() -> parsed(withQuotedNames(sql, words)))
                .orElseThrow(
                        () -> new StatementRefused("the statement cannot be read as one SELECT; check its syntax"));
        if (statements.size() != 1 || !(statements.get(0) instanceof Select select)) {
            throw new StatementRefused("only reading is possible here: exactly one SELECT");
        }
        return select;
    }

    /** In this thread: the library's own way starts a thread for each statement, and size and depth are bounded here. */
    private static Optional<Statements> parsed(String sql) {
        try {
            return Optional.of(CCJSqlParserUtil.newParser(sql).Statements());
        } catch (ParseException | RuntimeException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static String withQuotedNames(String sql, List<Word> words) {
        StringBuilder quoted = new StringBuilder(sql);
        for (int i = words.size() - 1; i >= 0; i--) {
            Word word = words.get(i);
            if (word.isOneOf(SqlVocabulary.RESERVED_BY_THE_PARSER)) {
                quoted.insert(word.start() + word.text().length(), '"').insert(word.start(), '"');
            }
        }
        return quoted.toString();
    }
}
