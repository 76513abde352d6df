package io.mcpdata.toolkit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mcpdata.gateway.ToolException;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The statements by which each product is told the caller, and what happens to a session that cannot be cleaned. */
final class SessionIdentityTest {

    private final List<String> sent = new ArrayList<>();
    private final Map<String, String> clientInfo = new HashMap<>();
    private String failing = "nothing fails";
    private String product = "PostgreSQL";
    private boolean abortFails;
    private @Nullable String formerRole;

    @Test
    void postgresIsToldInOneStatementOfTheTransactionWithTheRoleLast() throws SQLException {
        SessionIdentity identity = of(Dialect.POSTGRESQL, "app_analyst", "app.caller", "alice");
        identity.set();
        identity.clear();
        assertThat(sent)
                .containsExactly("SELECT pg_catalog.set_config(?, ?, true), pg_catalog.set_config(?, ?, true)"
                        + " [app.caller, alice, role, app_analyst]");
    }

    @Test
    void mariaDbGetsItsFormerRoleBack() throws SQLException {
        formerRole = "read`er";
        SessionIdentity identity = of(Dialect.MARIADB, "app_analyst", "app.caller", "al'ice");
        identity.set();
        identity.set();
        identity.clear();
        assertThat(sent)
                .containsExactly(
                        "SET @`app.caller` = ? [al'ice]",
                        "SELECT CURRENT_ROLE()",
                        "SET ROLE `app_analyst`",
                        "SET @`app.caller` = ? [al'ice]",
                        "SET ROLE `app_analyst`",
                        "SET ROLE `read``er`",
                        "SET @`app.caller` = NULL");
    }

    @Test
    void mySqlReturnsToItsDefaultRoles() throws SQLException {
        SessionIdentity identity = of(Dialect.MYSQL, "app_analyst", "caller", "alice");
        identity.set();
        identity.clear();
        assertThat(sent)
                .containsExactly(
                        "SET @`caller` = ? [alice]",
                        "SET ROLE `app_analyst`",
                        "SET ROLE DEFAULT",
                        "SET @`caller` = NULL");
    }

    @Test
    void sqlServersSessionContextIsSetAndCleared() throws SQLException {
        SessionIdentity identity = of(Dialect.SQLSERVER, null, "app_caller", "alice");
        identity.set();
        identity.clear();
        assertThat(sent)
                .containsExactly(
                        "EXEC sys.sp_set_session_context @key = ?, @value = ? [app_caller, alice]",
                        "EXEC sys.sp_set_session_context @key = ?, @value = NULL [app_caller]");
    }

    @Test
    void oraclesClientIdentifierIsSetAndCleared() throws SQLException {
        SessionIdentity identity = of(Dialect.ORACLE, null, "client_identifier", "alice");
        identity.set();
        identity.clear();
        assertThat(sent)
                .containsExactly(
                        "BEGIN DBMS_SESSION.SET_IDENTIFIER(?); END; [alice]",
                        "BEGIN DBMS_SESSION.CLEAR_IDENTIFIER; END;");
    }

    @Test
    void trinosUserAndTagsAreSetAndTheFormerTagsComeBack() throws SQLException {
        clientInfo.put("ClientTags", "batch");
        SessionIdentity identity = SessionIdentity.of(
                new DatabaseIdentity(Optional.empty(), Map.of("session_user", "alice", "client_tags", "analyst")),
                Dialect.TRINO,
                connection());
        identity.set();
        assertThat(clientInfo).containsEntry("ClientTags", "analyst");
        identity.set();
        identity.clear();
        assertThat(clientInfo).containsEntry("ClientTags", "batch");
        assertThat(sent).containsExactly("setSessionUser alice", "setSessionUser alice", "clearSessionUser");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H2         | app  | a                 | x       | the database has no identity",
                "DUCKDB     | app  | a                 | x       | the database has no identity",
                "UNKNOWN    | app  | a                 | x       | the database has no identity",
                "SQLSERVER  | app  | a                 | x       | found a role on SQL Server",
                "TRINO      | app  | session_user      | x       | found a role on Trino",
                "POSTGRESQL |      | role              | x       | found the variable role on PostgreSQL",
                "POSTGRESQL |      | search_path       | x       | found the variable search_path on PostgreSQL",
                "ORACLE     |      | caller            | x       | found the variable caller on Oracle",
                "TRINO      |      | client_tags       | 'a,b'   | found a value with a comma",
                "TRINO      |      | session_user      | 'a b'   | found a value with a comma",
                "ORACLE     |      | client_identifier | 12345678901234567890123456789012345678901234567890123456789012345 | found a client identifier of more than 64",
            })
    void identityThatAProductCannotHoldIsAProblem(
            Dialect dialect, @Nullable String role, String variable, String value, String problem) {
        assertThat(SessionIdentity.problem(caller(role, variable, value), dialect))
                .hasValueSatisfying(text -> assertThat(text).startsWith(problem));
    }

    @Test
    void databaseThatAnswersWithAnotherSettingIsNotUsed() throws Exception {
        failing = "another setting";
        assertRefusedAndAborted();
    }

    @Test
    void roleThatTheDatabaseRefusesClosesTheConnection() throws Exception {
        failing = "SELECT pg_catalog.set_config";
        assertRefusedAndAborted();
    }

    private void assertRefusedAndAborted() throws Exception {
        BorrowedConnections source = source();
        BorrowedConnection borrowed = source.borrow(Duration.ofSeconds(1));
        borrowed.prepare();
        ToolException e = catchThrowableOfType(
                ToolException.class,
                () -> borrowed.begin(
                        source.inspection(Optional.of("app_analyst")), caller("app_analyst", "app.caller", "alice")));
        assertThat(e.category()).isEqualTo("identity_refused");
        assertThat(e).hasMessageContaining("on the connection pooled").hasMessageContaining("its log says why");
        assertThat(sent).endsWith("abort", "close");
    }

    @Test
    void productWithoutAnIdentityIsRefusedAtTheFirstUse() throws Exception {
        product = "H2";
        BorrowedConnections source = source();
        BorrowedConnection borrowed = source.borrow(Duration.ofSeconds(1));
        borrowed.prepare();
        assertThatThrownBy(
                        () -> borrowed.begin(source.inspection(Optional.empty()), caller(null, "app.caller", "alice")))
                .isInstanceOf(ToolException.class);
        assertThat(sent).noneMatch(sql -> sql.startsWith("SE"));
    }

    @ParameterizedTest
    @CsvSource({
        "SET ROLE NONE, false, abort close",
        "SET @`caller` = NULL, false, abort close",
        "SET ROLE NONE, true, abort"
    })
    void sessionThatCannotBeCleanedNeverGoesBackToThePool(String fails, boolean abortFailsToo, String ended)
            throws Exception {
        product = "MariaDB";
        BorrowedConnections source = source();
        BorrowedConnection borrowed = source.borrow(Duration.ofSeconds(1));
        borrowed.prepare();
        borrowed.begin(known(source), caller("app_analyst", "caller", "alice"));
        failing = fails;
        abortFails = abortFailsToo;
        sent.clear();
        borrowed.close();
        assertThat(sent).endsWith(ended.split(" "));
        assertThat(sent).filteredOn("close"::equals).hasSize(abortFailsToo ? 0 : 1);
        assertThat(source.isIdle()).isTrue();
    }

    private static DatabaseInspection known(BorrowedConnections source) throws SQLException {
        return source.inspection(Optional.of("app_analyst"));
    }

    private static DatabaseIdentity caller(@Nullable String role, String variable, String value) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(variable, value);
        return new DatabaseIdentity(Optional.ofNullable(role), variables);
    }

    private SessionIdentity of(Dialect dialect, @Nullable String role, String variable, String value) {
        return SessionIdentity.of(caller(role, variable, value), dialect, connection());
    }

    private BorrowedConnections source() {
        Connection connection = connection();
        DataSource pool = proxy(DataSource.class, (method, arguments) -> connection);
        return new BorrowedConnections(
                InMemoryConfiguration.pooled("pooled"),
                () -> new BorrowedConnections.Opened(pool, () -> {}),
                ConnectionPools.LONGEST_WAIT);
    }

    /** With the methods of Trino's connection. */
    public interface TrinosConnection extends Connection {
        void setSessionUser(String user);

        void clearSessionUser();
    }

    private Connection connection() {
        return proxy(TrinosConnection.class, this::answer);
    }

    private @Nullable Object answer(String method, Object[] arguments) throws SQLException {
        switch (method) {
            case "createStatement" -> {
                return statement(Statement.class, null);
            }
            case "prepareStatement" -> {
                return statement(PreparedStatement.class, (String) arguments[0]);
            }
            case "prepareCall" -> {
                return statement(CallableStatement.class, (String) arguments[0]);
            }
            case "getMetaData" -> {
                return proxy(
                        DatabaseMetaData.class,
                        (asked, none) -> asked.startsWith("getDatabaseProduct")
                                ? product
                                : asked.equals("getDatabaseMajorVersion") ? (Object) 10 : null);
            }
            case "unwrap" -> {
                return connection();
            }
            case "getClientInfo" -> {
                return clientInfo.get((String) arguments[0]);
            }
            case "setClientInfo" -> clientInfo.put((String) arguments[0], (String) arguments[1]);
            case "setSessionUser" -> sent.add(method + " " + arguments[0]);
            case "clearSessionUser", "close" -> sent.add(method);
            case "abort" -> {
                sent.add(method);
                if (abortFails) {
                    throw new SQLException("as if");
                }
            }
            case "getAutoCommit", "isReadOnly" -> {
                return false;
            }
            case "getNetworkTimeout" -> {
                return 0;
            }
            default -> {
                return null;
            }
        }
        return null;
    }

    private <T> T statement(Class<T> type, @Nullable String prepared) {
        List<Object> values = new ArrayList<>();
        return proxy(type, (method, arguments) -> {
            if (method.equals("setString")) {
                values.add(arguments[1]);
                return null;
            }
            if (!method.startsWith("execute")) {
                return null;
            }
            String sql = prepared == null ? (String) arguments[0] : prepared;
            sent.add(values.isEmpty() ? sql : sql + " " + values);
            if (sql.startsWith(failing)) {
                throw new SQLException("permission denied to set role", "42501");
            }
            return method.equals("execute") ? (Object) false : rows(sql, values);
        });
    }

    private ResultSet rows(String sql, List<Object> values) {
        int[] read = {0};
        return proxy(ResultSet.class, (method, arguments) -> switch (method) {
            case "next" -> read[0]++ == 0 && !sql.contains("information_schema");
            case "getString" -> {
                if (sql.contains("CURRENT_ROLE")) {
                    yield formerRole;
                }
                yield values.isEmpty() || failing.equals("another setting")
                        ? "other"
                        : values.get(2 * (int) arguments[0] - 1);
            }
            case "getBigDecimal" -> java.math.BigDecimal.ONE;
            case "getLong" -> 1L;
            default -> null;
        });
    }

    private interface Answer {
        @Nullable
        Object to(String method, Object[] arguments) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                SessionIdentityTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
