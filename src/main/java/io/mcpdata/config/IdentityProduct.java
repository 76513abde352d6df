package io.mcpdata.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** A database product that can be told who the caller is, and what its roles and variables are. */
public enum IdentityProduct {
    POSTGRESQL(
            "PostgreSQL",
            "jdbc:postgresql:",
            true,
            "[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)+",
            "a setting of your own with a point in its name, such as app.caller"),
    MYSQL("MySQL", "jdbc:mysql:", true, "[A-Za-z0-9_.$]+", "the name of a user variable without @, such as app_caller"),
    MARIADB(
            "MariaDB",
            "jdbc:mariadb:",
            true,
            "[A-Za-z0-9_.$]+",
            "the name of a user variable without @, such as app_caller"),
    SQLSERVER(
            "SQL Server",
            "jdbc:sqlserver:",
            false,
            "[A-Za-z0-9_.$]+",
            "a key of the session context, such as app_caller"),
    ORACLE("Oracle", "jdbc:oracle:", false, "client_identifier", "client_identifier, the only one that Oracle has"),
    TRINO("Trino", "jdbc:trino:", false, "session_user|client_tags", "session_user or client_tags");

    /** The names that may be variables of any product; the product's own rule is narrower. */
    static final Pattern ANY_VARIABLE = Pattern.compile("[A-Za-z0-9_.$]{1,63}");

    private static final Pattern CANNOT = Pattern.compile("jdbc:(h2|duckdb|sqlite):.*", Pattern.DOTALL);

    private final String label;
    private final String scheme;
    private final boolean roles;
    private final Pattern variable;
    private final String expected;

    IdentityProduct(String label, String scheme, boolean roles, String variable, String expected) {
        this.label = label;
        this.scheme = scheme;
        this.roles = roles;
        this.variable = Pattern.compile(variable);
        this.expected = expected;
    }

    /** Empty if the URL does not tell, as that of a driver that wraps another one. */
    static Optional<IdentityProduct> of(ConnectionSource source) {
        if (source instanceof ConnectionSource.Url url) {
            for (IdentityProduct product : values()) {
                if (url.url().reveal().startsWith(product.scheme)) {
                    return Optional.of(product);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the source is certainly of a product that has no such identity. */
    static boolean cannot(ConnectionSource source) {
        return source instanceof ConnectionSource.Demo
                || source instanceof ConnectionSource.Files
                || source instanceof ConnectionSource.Url url
                        && CANNOT.matcher(url.url().reveal()).matches();
    }

    /** The names of the products. */
    static String all() {
        return "PostgreSQL, MySQL, MariaDB, SQL Server, Oracle or Trino";
    }

    public String label() {
        return label;
    }

    public boolean hasRoles() {
        return roles;
    }

    /** Whether a variable may have this name; so no entry can change a setting of the database's own. */
    public boolean isVariable(String name) {
        return variable.matcher(name).matches();
    }

    /** What a variable of this product is. */
    public String expected() {
        return expected;
    }
}
