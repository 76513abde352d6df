package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The parameter markers of a statement. A driver finds them by a reading of its own, some drivers put the values into the
 * text, and drivers replace the escapes of JDBC, which are in braces. If a driver found a marker or a brace where the guard
 * sees a text, a caller could set the value of a row filter, read the key of a mask, or write SQL. Immutable.
 *
 * @param places the positions of each {@code ?} that is a parameter
 * @param apart whether no marker touches a name, number or text, which a driver would join with it
 * @param certain whether every driver finds these markers and no other, and no brace: no quoted one is in a statement with
 *     quotes that drivers read in different ways. A driver that finds fewer markers than there are values is no danger, because
 *     the database then reads a bare question mark.
 */
public record Markers(List<Integer> places, boolean apart, boolean certain) {

    private static final Pattern PARTS = Pattern.compile("'\\s*[\\r\\n]\\s*'");

    public Markers {
        places = List.copyOf(places);
    }

    static Markers of(SqlText sql, SqlSyntax syntax) {
        List<Integer> places = new ArrayList<>();
        boolean apart = true;
        for (int i = 0; i < sql.size(); i++) {
            if (!sql.token(i).is("?")) {
                continue;
            }
            if (isDoubled(sql, i)) {
                // belongs to an operator of PostgreSQL; it is doubled so that a driver does not take it for a parameter
                apart &= syntax.is(Dialect.POSTGRESQL, Dialect.DUCKDB, Dialect.UNKNOWN);
                i++;
            } else {
                places.add(sql.token(i).start());
                apart &= !(joins(sql.token(i - 1), sql.token(i)) || joins(sql.token(i + 1), sql.token(i)));
            }
        }
        return new Markers(places, apart, isCertain(sql, syntax));
    }

    private static boolean isDoubled(SqlText sql, int i) {
        return sql.token(i + 1).is("?") && sql.token(i + 1).touches(sql.token(i));
    }

    private static boolean joins(Token other, Token marker) {
        return other.kind() != Kind.SYMBOL && (other.touches(marker) || marker.touches(other));
    }

    private static boolean isCertain(SqlText sql, SqlSyntax syntax) {
        boolean significant = false;
        boolean mistakable = false;
        for (int i = 0; i < sql.size(); i++) {
            Token token = sql.token(i);
            if (token.isText() || token.kind() == Kind.NAME) {
                String quoted = sql.text().substring(token.start(), token.end());
                significant |= quoted.indexOf('?') >= 0 || quoted.indexOf('{') >= 0;
                mistakable |= token.isText()
                        ? isMistakableText(quoted) || touchesText(sql.token(i - 1), token)
                        : isMistakableName(token.text());
            } else if (syntax.mysql() && token.is("-")) {
                // older drivers begin a comment at two minus signs without white space
                mistakable |= sql.token(i + 1).is("-") && sql.token(i + 1).touches(token);
            }
        }
        return !(significant && mistakable);
    }

    /**
     * A text in dollar quotes, in Oracle's q'[...]', or with a backslash and a second part on the next line, of which pgjdbc
     * does not know that it belongs to an E'...'.
     */
    private static boolean isMistakableText(String quoted) {
        String lower = quoted.toLowerCase(Locale.ROOT);
        return quoted.startsWith("$")
                || lower.startsWith("q")
                || lower.startsWith("nq")
                || (quoted.indexOf('\\') >= 0 && PARTS.matcher(quoted).find());
    }

    /** Behind another text, pgjdbc takes E'...' for a plain text. */
    private static boolean touchesText(Token before, Token text) {
        return before.isText() && text.touches(before);
    }

    private static boolean isMistakableName(String name) {
        return name.indexOf('\'') >= 0 || name.indexOf('"') >= 0 || name.indexOf('`') >= 0;
    }

    /**
     * For a statement with values.
     *
     * @throws StatementRefused if a driver could join a marker with another token
     */
    public void checkApart() {
        if (!apart) {
            throw new StatementRefused(
                    "a parameter marker (?) touches a name, a number, a text or another marker; put spaces around each"
                            + " marker");
        }
    }

    /**
     * For a statement that a driver prepares.
     *
     * @throws StatementRefused if a driver could find other markers, or braces
     */
    public void checkCertain() {
        if (!certain) {
            throw new StatementRefused(
                    "a text or name with a question mark or brace is in a statement with values, and drivers may read other"
                            + " quotes of it in another way (dollar quotes, E'...' in several parts, a quote in a name, --);"
                            + " give that text in parameters");
        }
    }
}
