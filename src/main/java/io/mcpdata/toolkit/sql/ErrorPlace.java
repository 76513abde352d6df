package io.mcpdata.toolkit.sql;

import java.util.Optional;

/**
 * A place in the caller's statement.
 *
 * @param line the first is 1
 * @param column in characters, the first is 1
 * @param text the part of the line that may be shown, and below it a caret; empty if the line may not be shown
 */
record ErrorPlace(int line, int column, String text) {

    private static final int WIDTH = 100;

    /** @param index in code points; the position just behind the statement is valid too */
    static Optional<ErrorPlace> of(String sql, int index) {
        int[] all = sql.codePoints().toArray();
        if (index < 0 || index > all.length) {
            return Optional.empty();
        }
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            if (all[i] == '\n') {
                line++;
                start = i + 1;
            }
        }
        int end = index;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        int from = end - start <= WIDTH ? start : Math.max(start, index - WIDTH / 2);
        String shown = new String(all, from, Math.min(end, from + WIDTH) - from)
                .replace('\t', ' ')
                .stripTrailing();
        // text that is removed from messages is removed here too, and then the caret would be in the wrong place
        String text = SqlErrors.safe(shown).equals(shown) ? shown + "\n" + " ".repeat(index - from) + "^" : "";
        return Optional.of(new ErrorPlace(line, index - start + 1, text));
    }

    String readable() {
        return "line " + line + ", column " + column + (text.isEmpty() ? "" : ":\n" + text);
    }
}
