package io.mcpdata.toolkit.sql;

import java.sql.SQLException;

/** What may be told of a driver's error: its first line, without addresses, credentials and control characters. */
final class SqlErrors {

    private static final int LONGEST = 300;

    private SqlErrors() {}

    /** For the operator: every cause in one line. */
    static String forTheLog(Throwable error) {
        StringBuilder line = new StringBuilder();
        for (Throwable e = error; e != null && line.length() < 4 * LONGEST; e = e.getCause()) {
            line.append(line.isEmpty() ? "" : " <- ").append(e.getClass().getName());
            if (e instanceof SQLException sql) {
                line.append(" SQLSTATE ").append(sql.getSQLState());
            }
            line.append(": ").append(firstLine(e));
        }
        return line.toString();
    }

    static String firstLine(Throwable error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String safe = message.replaceAll("jdbc:\\S+", "[url]")
                .replaceAll("(?i)(password|pwd|secret|token)(\\s*[=:]\\s*)\\S+", "$1$2[redacted]")
                .replaceAll("[^\\x20-\\x7e]", "?");
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
    }
}
