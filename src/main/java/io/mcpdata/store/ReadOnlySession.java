package io.mcpdata.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Lets the pool close connections that take no changes: after a failover they lead to a server that has become a standby,
 * and a new connection may lead to the primary one. Thread-safe.
 */
final class ReadOnlySession implements SQLExceptionOverride {

    private static final String READ_ONLY_TRANSACTION = "25006";

    /** Whether a transaction failed because its session takes no changes. */
    static boolean isCauseOf(Throwable error) {
        for (Throwable link = error; link != null; link = link.getCause()) {
            if (link instanceof SQLException known && READ_ONLY_TRANSACTION.equals(known.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    @java.lang.Override // the interface has a type of this name
    public Override adjudicate(SQLException error) {
        return READ_ONLY_TRANSACTION.equals(error.getSQLState()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
