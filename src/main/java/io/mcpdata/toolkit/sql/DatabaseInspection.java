package io.mcpdata.toolkit.sql;

import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the database and the account behind a data source, with the first connection and again with one borrowed ten
 * minutes later, and refuses an account with rights beyond reading tables. One thread inspects and others wait for it
 * up to two seconds. After that several may inspect, with a connection each, and the last result counts. Thread-safe.
 */
final class DatabaseInspection {

    private static final Logger LOG = System.getLogger(DatabaseInspection.class.getName());
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration BETWEEN_REPORTS = Duration.ofMinutes(1);

    /** How long a thread waits for another one's inspection; after that it inspects itself. */
    private static final Duration OTHERS_WAIT = Duration.ofSeconds(2);

    private final ReentrantLock reading = new ReentrantLock();
    private final String name;
    private final String role;
    private final boolean allowPrivileged;
    private @Nullable InspectedDatabase known;
    private long readAt;
    private List<String> reported = List.of();
    private long reportedAt;

    /** @param role the database role that inspects; empty for the account itself */
    DatabaseInspection(String name, String role, boolean allowPrivileged) {
        this.name = name;
        this.role = role;
        this.allowPrivileged = allowPrivileged;
    }

    /** Sets the caller's role before the database is inspected. */
    interface Preparation {
        void prepare() throws SQLException;
    }

    /** The last result. */
    synchronized Optional<InspectedDatabase> known() {
        return Optional.ofNullable(known);
    }

    /**
     * The last result, or a new one if the last is too old.
     *
     * @param connection without auto-commit and without an open transaction, and left in that state
     * @param preparation runs first if the database is inspected; a rollback may undo it
     * @throws ToolException if the account is refused
     * @throws SQLException if the database does not answer the inspection
     */
    InspectedDatabase of(Connection connection, Preparation preparation) throws SQLException {
        Optional<InspectedDatabase> fresh = fresh();
        if (fresh.isPresent()) {
            return fresh.get();
        }
        boolean first = isFirst();
        try {
            fresh = fresh();
            return fresh.isPresent() ? fresh.get() : read(connection, preparation);
        } finally {
            if (first) {
                reading.unlock();
            }
        }
    }

    /** Waits for a thread that already inspects, so that many first callers do not all read the catalogue. */
    private boolean isFirst() {
        try {
            return reading.tryLock(OTHERS_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private InspectedDatabase read(Connection connection, Preparation preparation) throws SQLException {
        preparation.prepare();
        DatabaseProfile profile = DatabaseProfile.read(connection);
        DatabaseLimits limits = DatabaseLimits.read(connection, profile.dialect());
        // the last question, because its rollback ends the role of the transaction
        boolean privileged = isPrivileged(connection, profile);
        return keep(new InspectedDatabase(profile, limits, privileged));
    }

    private synchronized Optional<InspectedDatabase> fresh() {
        boolean fresh = System.nanoTime() - readAt < FRESH.toNanos();
        return fresh ? known() : Optional.empty();
    }

    /** Keeps the same object if nothing has changed: the guard's remembered answers belong to that profile object. */
    private synchronized InspectedDatabase keep(InspectedDatabase read) {
        InspectedDatabase before = known;
        InspectedDatabase kept = before != null && before.equals(read) ? before : read;
        known = kept;
        readAt = System.nanoTime();
        return kept;
    }

    private synchronized void forget() {
        known = null;
    }

    private boolean isPrivileged(Connection connection, DatabaseProfile profile) throws SQLException {
        List<String> rights = rights(connection, profile.dialect());
        if (!rights.isEmpty()) {
            report(rights, profile);
        }
        if (rights.isEmpty() || allowPrivileged) {
            return !rights.isEmpty();
        }
        forget();
        throw new ToolException(
                "account_refused",
                "The connection " + name + " is switched off because of its database account. Tell the operator of this"
                        + " server: its log says why.");
    }

    private List<String> rights(Connection connection, Dialect dialect) throws SQLException {
        try {
            if (dialect == Dialect.POSTGRESQL) {
                bound(connection);
            }
            return AccountRights.beyondReading(connection, dialect);
        } catch (SQLException e) {
            if (!allowPrivileged) {
                throw new SQLException("the rights of its database account cannot be read", e.getSQLState(), e);
            }
            return List.of("unknown rights: " + SqlErrors.forTheLog(e));
        } finally {
            connection.rollback();
        }
    }

    private static void bound(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 5000");
        }
    }

    private synchronized void report(List<String> rights, DatabaseProfile profile) {
        boolean again = !allowPrivileged && System.nanoTime() - reportedAt > BETWEEN_REPORTS.toNanos();
        if (rights.equals(reported) && !again) {
            return;
        }
        reported = rights;
        reportedAt = System.nanoTime();
        String found =
                "connection " + name + (role.isEmpty() ? "" : " in the role " + role) + ": its " + profile.product()
                        + " account has more rights than reading needs (" + String.join(", ", rights) + "). ";
        if (allowPrivileged) {
            LOG.log(
                    Level.WARNING,
                    found
                            + "allow_privileged_account: true lets the platform use it. Only the SQL guard keeps callers from"
                            + " using these rights.");
        } else {
            LOG.log(
                    Level.ERROR,
                    found + "It is refused. " + mend(profile.dialect()) + " Or accept the risk with connections." + name
                            + ".allow_privileged_account: true.");
        }
    }

    private static String mend(Dialect dialect) {
        return switch (dialect) {
            case DUCKDB ->
                "Let the pool open the database with enable_external_access=false and lock_configuration=true.";
            case POSTGRESQL ->
                "Give the connection an account that may only SELECT; take EXECUTE on functions of dblink from"
                        + " PUBLIC (docs/security.md has the SQL).";
            case H2, MYSQL, MARIADB, SQLSERVER, ORACLE, TRINO, UNKNOWN ->
                "Give the connection an account that may only SELECT (docs/security.md has the SQL).";
        };
    }
}
