package io.mcpdata.testing;

import java.util.List;
import java.util.Map;

/**
 * A statement that tries to do more than read the data that its account is meant to read.
 *
 * @param kind of the harm that it tries, as the first line of its entry in the table says
 */
public record Attack(String kind, String statement) {

    private static final String FOLDER = "/io/mcpdata/toolkit/sql/attacks/";

    /** Characters that a text editor would not keep or not show. */
    private static final Map<String, String> CHARACTERS =
            Map.of("nul", "\0", "lf", "\n", "cr", "\r", "tab", "\t", "ls", "\u2028", "bom", "\ufeff");

    /**
     * The table of a dialect.
     *
     * @param values the values of {@code ${name}} in the statements
     */
    public static List<Attack> on(String dialect, Map<String, String> values) {
        return StatementFile.statements(FOLDER + dialect + ".sql").stream()
                .map(entry -> of(entry, values))
                .toList();
    }

    private static Attack of(String entry, Map<String, String> values) {
        String[] lines = entry.split("\n", 2);
        if (lines.length < 2 || !lines[0].startsWith("#")) {
            throw new IllegalArgumentException("no kind and no statement: " + entry);
        }
        return new Attack(
                lines[0].substring(1), Placeholders.filled(Placeholders.filled(lines[1], values), CHARACTERS));
    }

    /** The statements that make the database ready for its attacks. */
    public static List<String> setup(String dialect, Map<String, String> values) {
        return StatementFile.statements(FOLDER + dialect + "-setup.sql").stream()
                .map(statement -> Placeholders.filled(statement, values))
                .toList();
    }

    @Override
    public String toString() {
        return kind + ": " + statement;
    }
}
