package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.util.List;

/**
 * The part of a driver's error that a client may see: its first line, without addresses, credentials and control
 * characters.
 */
final class SqlErrors {

    private static final Logger LOG = System.getLogger(SqlErrors.class.getName());
    /** The category of a database error that the caller can correct. */
    static final String REFUSED = "sql_error";

    private static final int LONGEST = 300;
    /** Connection exceptions, and errors of a database that shuts down. */
    private static final List<String> LOST = List.of("08", "57P");

    private SqlErrors() {}

    static boolean isTimeout(SQLException e) {
        return e instanceof SQLTimeoutException || "57014".equals(e.getSQLState());
    }

    /**
     * Whether an error while reading a value means that no more values can be read, and not only that this value is
     * unreadable.
     */
    static boolean endsTheResult(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return isTimeout(e)
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException
                || LOST.stream().anyMatch(state::startsWith);
    }

    /** The error as the client may see it. */
    static ToolException readable(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        if (LOST.stream().anyMatch(state::startsWith)) {
            // such a message names hosts and ports
            LOG.log(Level.WARNING, "a connection was lost: {0}", forTheLog(e));
            return new ToolException(
                    "connection_unavailable", "The connection to the database was lost; try again in a moment.");
        }
        return new ToolException(REFUSED, refused(e, String.valueOf(e.getMessage())), e);
    }

    /** @param message the database's message, in its driver's words */
    static String refused(SQLException e, String message) {
        // Trino gives no SQLSTATE
        return e.getSQLState() == null
                ? "The database refused the query: " + firstLine(message)
                : "The database refused the query (SQLSTATE " + e.getSQLState() + "): " + firstLine(message);
    }

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
        return firstLine(String.valueOf(error.getMessage()));
    }

    private static String firstLine(String message) {
        String safe = safe(message.lines().findFirst().orElse(""));
        return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST);
    }

    /** Without addresses, accounts, credentials and control characters. */
    static String safe(String text) {
        return text.replaceAll("(?i)(jdbc:|[a-z0-9]+://)\\S+", "[url]")
                .replaceAll("(?i)(passw\\w*|pwd|secret|token)(\\s*[=:]\\s*)\\S+", "$1$2[redacted]")
                .replaceAll("'[^']*'@'[^']*'", "[account]")
                .replaceAll("(?i)\\b(user|role|host|server at|server on)\\s+([\"'])[^\"']*\\2", "$1 [redacted]")
                .replaceAll("\\p{C}", "?");
    }
}
