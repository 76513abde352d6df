package io.mcpdata.toolkit.sql;

import io.mcpdata.config.ConnectionConfig;
import io.mcpdata.gateway.Cancellation;
import io.mcpdata.gateway.ToolException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns a database's error about a statement into one by which a model can correct it: the place in the statement, the
 * database's hint, similar names, and how this dialect quotes a name. Thread-safe.
 */
final class SqlMistakes {

    private static final Logger LOG = System.getLogger(SqlMistakes.class.getName());
    private static final int LONGEST = 1_000;
    private static final int LONGEST_PART = 200;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final StatementTimeout.Threads threads;

    SqlMistakes(StatementTimeout.Threads threads) {
        this.threads = threads;
    }

    /**
     * A statement on its connection.
     *
     * @param sent the statement as sent, with {@code EXPLAIN} before it if only its plan was asked for
     * @param comment what the platform has put in front of both; empty if nothing
     * @param rewriting what the platform has changed in it
     * @param filter the tables that exist for the caller
     */
    record Attempt(
            BorrowedConnection connection,
            ConnectionConfig config,
            SqlStatement sent,
            String comment,
            Rewriting rewriting,
            TableFilter filter,
            Cancellation cancellation) {

        /** The statement without what is in front of it. */
        String plain() {
            return SqlStatement.withoutExplain(sent.sql().substring(comment.length()));
        }

        /** The caller's own text. */
        String asked() {
            return rewriting.changes()
                    ? SqlStatement.withoutExplain(rewriting.caller().sql())
                    : plain();
        }
    }

    /** Runs a statement. */
    interface Run<T> {
        T run() throws SQLException;
    }

    /** Runs a statement and explains the database's error, if any. */
    <T> T explaining(Attempt attempt, Run<T> run) {
        try {
            return run.run();
        } catch (SQLException e) {
            throw explained(SqlErrors.readable(e), attempt);
        } catch (ToolException e) {
            throw explained(e, attempt);
        }
    }

    private ToolException explained(ToolException refusal, Attempt attempt) {
        if (!refusal.category().equals(SqlErrors.REFUSED) || !(refusal.getCause() instanceof SQLException error)) {
            return refusal;
        }
        try {
            if (attempt.rewriting().changes()) {
                // without its cause, whose message may have the statement for the database
                return new ToolException(SqlErrors.REFUSED, text(error, attempt));
            }
            return new ToolException(SqlErrors.REFUSED, text(error, attempt), error);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "an error of a statement could not be explained", e);
            return attempt.rewriting().changes()
                    ? new ToolException(SqlErrors.REFUSED, attempt.rewriting().safe(refusal.getMessage()))
                    : refusal;
        }
    }

    private String text(SQLException error, Attempt attempt) {
        DatabaseProfile profile = attempt.connection().database().profile();
        String asked = attempt.asked();
        Rewriting rewriting = attempt.rewriting();
        DriverMessage message = DriverMessage.of(error, profile.dialect(), attempt.sent(), attempt.plain());
        Optional<UnknownName> unknown = UnknownName.of(error, message, asked);
        // a place in the changed statement is none in the caller's
        int index = message.index() >= 0 && !rewriting.changes()
                ? message.index()
                : unknown.map(name -> name.index(asked)).orElse(-1);
        List<String> near = unknown.isPresent() ? near(unknown.get(), profile, attempt) : List.of();
        StringBuilder text = new StringBuilder(SqlErrors.refused(error, rewriting.safe(message.text())));
        ErrorPlace.of(asked, index).ifPresent(place -> text.append('\n').append(place.readable()));
        part(text, "Hint: ", rewriting.safe(message.hint()));
        part(text, "Detail: ", rewriting.safe(message.detail()));
        part(text, "Near names: ", String.join(", ", near));
        part(text, "", advice(error, profile, asked, near));
        part(text, "", rewriting.changes() ? Rewriting.ADVICE : "");
        part(text, "", near.isEmpty() ? unknown.map(UnknownName::advice).orElse("") : "");
        return text.substring(0, Math.min(text.length(), LONGEST));
    }

    /** Limited in time: if the database does not answer, the connection is aborted and no names are suggested. */
    private List<String> near(UnknownName unknown, DatabaseProfile profile, Attempt attempt) {
        BorrowedConnection connection = attempt.connection();
        Duration timeout = attempt.config().timeout();
        Duration limit = timeout.compareTo(LONGEST_LOOK) < 0 ? timeout : LONGEST_LOOK;
        try (StatementTimeout watch =
                StatementTimeout.over(connection::abort, limit, attempt.cancellation(), threads)) {
            watch.check();
            // PostgreSQL answers nothing more in a failed transaction
            connection.beginAgain();
            SqlSchema schema = new SqlSchema(connection.jdbc().getMetaData(), attempt.filter());
            return unknown.near(schema, profile, attempt.asked());
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "near names could not be looked up", e);
            return List.of();
        }
    }

    /** How this dialect quotes a name, if a missing quote may be the mistake. */
    private static String advice(SQLException error, DatabaseProfile profile, String asked, List<String> near) {
        String quote = profile.identifierQuote();
        boolean ticks = quote.equals("`");
        if (!quote.isEmpty() && near.stream().anyMatch(name -> name.contains(quote))) {
            return "In " + profile.product() + " such a name stands in " + (ticks ? "back ticks." : "double quotes.");
        }
        boolean refused = String.valueOf(error.getSQLState()).startsWith("42");
        if (refused && ticks && asked.contains("\"")) {
            return "In " + profile.product() + " a name stands in back ticks (`name`), and \"name\" is a text.";
        }
        return refused && quote.equals("\"") && asked.contains("`")
                ? "In " + profile.product() + " a name stands in double quotes (\"name\"), not in back ticks."
                : "";
    }

    private static void part(StringBuilder text, String title, String part) {
        if (!part.isEmpty()) {
            String safe = SqlErrors.safe(part.replaceAll("\\s*\\R\\s*", " "));
            text.append('\n').append(title).append(safe, 0, Math.min(safe.length(), LONGEST_PART));
        }
    }
}
