package io.mcpdata.toolkit.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Trino: user and client tags that the driver sends with each statement. JDBC has no name for the user, so the driver's
 * own methods are called. The driver has no method to read its user: a URL must not have {@code sessionUser}.
 */
final class TrinoIdentity implements SessionIdentity {

    static final String USER = "session_user";
    static final String TAGS = "client_tags";

    private static final String CLIENT_TAGS = "ClientTags";

    private final DatabaseIdentity caller;
    private final Connection connection;
    private boolean tagged;
    private @Nullable String formerTags;

    TrinoIdentity(DatabaseIdentity caller, Connection connection) {
        this.caller = caller;
        this.connection = connection;
    }

    @Override
    public void set() throws SQLException {
        @Nullable String tags = caller.variables().get(TAGS);
        if (tags != null) {
            if (!tagged) {
                formerTags = connection.getClientInfo(CLIENT_TAGS);
                tagged = true;
            }
            connection.setClientInfo(CLIENT_TAGS, tags);
            if (!tags.equals(connection.getClientInfo(CLIENT_TAGS))) {
                throw new SQLException("the driver has no client tags");
            }
        }
        @Nullable String user = caller.variables().get(USER);
        if (user != null) {
            invoke("setSessionUser", new Class<?>[] {String.class}, user);
        }
    }

    @Override
    public void clear() throws SQLException {
        if (tagged) {
            connection.setClientInfo(CLIENT_TAGS, formerTags);
        }
        if (caller.variables().containsKey(USER)) {
            invoke("clearSessionUser", new Class<?>[0]);
        }
    }

    private void invoke(String method, Class<?>[] types, Object... arguments) throws SQLException {
        Connection drivers = connection.unwrap(Connection.class);
        try {
            drivers.getClass().getMethod(method, types).invoke(drivers, arguments);
        } catch (ReflectiveOperationException e) {
            throw new SQLException("the pool does not show a connection of Trino's driver with " + method, e);
        }
    }
}
