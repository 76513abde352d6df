package io.mcpdata.toolkit.sql;

import io.mcpdata.config.IdentityProduct;
import io.mcpdata.toolkit.sql.guard.Dialect;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The identity of one caller in a borrowed session. Belongs to one thread. */
interface SessionIdentity {

    /** For a connection without an identity. */
    SessionIdentity NONE = new SessionIdentity() {
        @Override
        public void set() {}

        @Override
        public void clear() {}

        @Override
        public boolean isNone() {
            return true;
        }
    };

    /**
     * Sets role and variables in the transaction that begins with the next statement; again after each rollback.
     *
     * @throws SQLException if one of them is not set
     */
    void set() throws SQLException;

    /**
     * After the rollback: removes what outlives a transaction.
     *
     * @throws SQLException if the session may still have the caller's identity
     */
    void clear() throws SQLException;

    default boolean isNone() {
        return false;
    }

    /** Why this product cannot be told the identity; empty if it can. */
    static Optional<String> problem(DatabaseIdentity caller, Dialect dialect) {
        Optional<IdentityProduct> known = product(dialect);
        if (known.isEmpty()) {
            return Optional.of("the database has no identity; found " + dialect
                    + "; expected PostgreSQL, MySQL, MariaDB, SQL Server, Oracle or Trino");
        }
        IdentityProduct product = known.get();
        if (caller.role().isPresent() && !product.hasRoles()) {
            return Optional.of("found a role on " + product.label() + "; expected variables only");
        }
        return caller.variables().keySet().stream()
                .filter(name -> !product.isVariable(name))
                .map(name ->
                        "found the variable " + name + " on " + product.label() + "; expected " + product.expected())
                .findFirst()
                .or(() -> ofValues(caller, product));
    }

    private static Optional<String> ofValues(DatabaseIdentity caller, IdentityProduct product) {
        for (String value : caller.variables().values()) {
            if (product == IdentityProduct.ORACLE
                    && value.getBytes(StandardCharsets.UTF_8).length > OracleIdentity.LONGEST) {
                return Optional.of("found a client identifier of more than " + OracleIdentity.LONGEST
                        + " bytes, which Oracle would cut; expected a shorter value");
            }
            if (product == IdentityProduct.TRINO && !value.matches("[!-+\\--~]+")) {
                return Optional.of(
                        "found a value with a comma, a space or a letter that is not ASCII, which Trino's headers"
                                + " cannot hold; expected one without");
            }
        }
        return Optional.empty();
    }

    private static Optional<IdentityProduct> product(Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> Optional.of(IdentityProduct.POSTGRESQL);
            case MYSQL -> Optional.of(IdentityProduct.MYSQL);
            case MARIADB -> Optional.of(IdentityProduct.MARIADB);
            case SQLSERVER -> Optional.of(IdentityProduct.SQLSERVER);
            case ORACLE -> Optional.of(IdentityProduct.ORACLE);
            case TRINO -> Optional.of(IdentityProduct.TRINO);
            case H2, DUCKDB, UNKNOWN -> Optional.empty();
        };
    }

    /** The caller must have passed {@link #problem}. */
    static SessionIdentity of(DatabaseIdentity caller, Dialect dialect, Connection connection) {
        return switch (dialect) {
            case POSTGRESQL -> new PostgresIdentity(caller, connection);
            case MYSQL, MARIADB -> new MySqlIdentity(caller, dialect, connection);
            case SQLSERVER -> new SqlServerIdentity(caller, connection);
            case ORACLE -> new OracleIdentity(caller, connection);
            case TRINO -> new TrinoIdentity(caller, connection);
            case H2, DUCKDB, UNKNOWN -> throw new IllegalStateException("no identity on " + dialect);
        };
    }
}
