package io.mcpdata.toolkit.sql;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trino: user and client tags that the driver sends with each statement. The tags of the call are added to those of the
 * pool and the configuration, so that Trino's list of queries leads to the audit row. JDBC has no name for the user, so
 * the driver's own methods are called. The driver has no method to read its user: a URL must not have {@code
 * sessionUser}.
 */
final class TrinoIdentity implements SessionIdentity {

    static final String USER = "session_user";
    static final String TAGS = "client_tags";

    private static final Logger LOG = System.getLogger(TrinoIdentity.class.getName());
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
        if (caller.variables().containsKey(TAGS)) {
            tag();
        } else if (!caller.tags().isEmpty()) {
            try {
                tag();
            } catch (SQLException e) {
                LOG.log(Level.DEBUG, "a pool does not pass on the client tags of its driver", e);
            }
        }
        @Nullable String user = caller.variables().get(USER);
        if (user != null) {
            invoke("setSessionUser", new Class<?>[] {String.class}, user);
        }
    }

    private void tag() throws SQLException {
        if (!tagged) {
            formerTags = connection.getClientInfo(CLIENT_TAGS);
            tagged = true;
        }
        List<String> tags = new ArrayList<>();
        @Nullable String configured = caller.variables().getOrDefault(TAGS, formerTags);
        if (configured != null && !configured.isEmpty()) {
            tags.add(configured);
        }
        tags.addAll(caller.tags());
        String all = String.join(",", tags);
        connection.setClientInfo(CLIENT_TAGS, all);
        if (!Set.of(all.split(",")).equals(tagsOf(connection))) {
            throw new SQLException("the driver has no client tags");
        }
    }

    /** In any order: the driver keeps a set. */
    private static Set<String> tagsOf(Connection connection) throws SQLException {
        @Nullable String tags = connection.getClientInfo(CLIENT_TAGS);
        return tags == null ? Set.of() : new HashSet<>(List.of(tags.split(",")));
    }

    @Override
    public boolean isNone() {
        return caller.isNone();
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
