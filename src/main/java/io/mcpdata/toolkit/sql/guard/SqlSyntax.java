package io.mcpdata.toolkit.sql.guard;

/**
 * How a connection reads SQL text. Immutable.
 *
 * @param backslashEscapes whether a backslash escapes the next character in a plain {@code '...'} literal
 * @param doubleQuotedText whether {@code "..."} is a text, as in MySQL without {@code ANSI_QUOTES}
 * @param bracketNames whether {@code [...]} is a name, as in SQL Server and compatible databases
 */
public record SqlSyntax(Dialect dialect, boolean backslashEscapes, boolean doubleQuotedText, boolean bracketNames) {

    /** The standard settings of a product. */
    public static SqlSyntax of(Dialect dialect) {
        boolean mysql = dialect.isMySql();
        return new SqlSyntax(dialect, mysql, mysql, dialect == Dialect.SQLSERVER);
    }

    boolean is(Dialect... any) {
        for (Dialect one : any) {
            if (dialect == one) {
                return true;
            }
        }
        return false;
    }

    boolean mysql() {
        return dialect.isMySql();
    }

    private boolean plainPostgres() {
        return is(Dialect.POSTGRESQL) && !backslashEscapes;
    }

    /** Whether only syntax that all dialects read alike is accepted. */
    boolean strict() {
        return dialect == Dialect.UNKNOWN;
    }

    boolean nestedComments() {
        return is(Dialect.POSTGRESQL, Dialect.SQLSERVER, Dialect.DUCKDB, Dialect.H2);
    }

    boolean hashComments() {
        return mysql();
    }

    boolean backTicks() {
        return mysql();
    }

    boolean dollarQuotes() {
        return is(Dialect.POSTGRESQL, Dialect.DUCKDB);
    }

    /** Whether an unquoted name may contain this character after its first one, besides letters, digits and _. */
    boolean inName(char c) {
        return switch (c) {
            case '$' ->
                is(
                        Dialect.POSTGRESQL,
                        Dialect.MYSQL,
                        Dialect.MARIADB,
                        Dialect.ORACLE,
                        Dialect.SQLSERVER,
                        Dialect.DUCKDB);
            case '#' -> is(Dialect.ORACLE);
            default -> false;
        };
    }

    /** Whether a word directly before a quote changes how the text in the quotes is read. */
    boolean prefixed(String lowerCaseWord) {
        return switch (lowerCaseWord) {
            case "n" ->
                is(Dialect.H2, Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB, Dialect.SQLSERVER, Dialect.ORACLE);
            case "x" -> is(Dialect.H2, Dialect.TRINO, Dialect.DUCKDB) || mysql() || plainPostgres();
            case "b" -> mysql() || plainPostgres();
            case "e" -> is(Dialect.POSTGRESQL, Dialect.DUCKDB);
            default -> false;
        };
    }
}
