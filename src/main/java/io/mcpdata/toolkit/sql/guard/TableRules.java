package io.mcpdata.toolkit.sql.guard;

import io.mcpdata.toolkit.sql.guard.Outline.Role;
import io.mcpdata.toolkit.sql.guard.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks every table name: it must name neither a table of the database system nor a file. For one statement. */
final class TableRules {

    private static final Set<String> SYSTEM_SCHEMAS = Vocabulary.of("""
            information_schema pg_catalog pg_toast pg_temp sys sysibm syscat sysproc mysql performance_schema
            definition_schema ndbinfo""");

    /** On other databases these are users' own names. */
    private static final Set<String> SQLSERVER_SYSTEM = Set.of("master", "msdb", "tempdb", "model", "resource");

    private static final Set<String> TRINO_SYSTEM = Set.of("system", "jmx", "information_schema");

    /** Beginnings of names that belong to the database system, unless a user's schema precedes them. */
    private static final List<String> SYSTEM_PREFIXES =
            List.of("pg_", "sqlite_", "duckdb_", "dbms_", "utl_", "pragma_", "information_schema_catalog");

    private static final Set<String> SQLSERVER_VIEWS = Vocabulary.of("""
            sysaltfiles syscacheobjects syscharsets syscolumns syscomments sysconfigures sysconstraints syscurconfigs
            sysdatabases sysdepends sysdevices sysfilegroups sysfiles sysforeignkeys sysfulltextcatalogs sysindexes sysindexkeys
            syslanguages syslockinfo syslogins sysmembers sysmessages sysobjects sysoledbusers sysopentapes sysperfinfo
            syspermissions sysprocesses sysprotects sysreferences sysremotelogins sysservers systypes sysusers""");

    private static final Pattern ORACLE_VIEWS = Pattern.compile(
            "g?v_?\\$.*|x\\$.*|dba_.*|cdb_.*|props\\$|dict(ionary)?|cat|tab|"
                    + "global_name|session_(privs|roles)|role_\\w+_privs|product_component_version|nls_\\w+_parameters|"
                    + "(all|user)_(users|tables|tab_\\w+|objects|source|views|synonyms|sequences|procedures|triggers|constraints|"
                    + "cons_\\w+|indexes|ind_\\w+|col_\\w+|directories|db_links|role_privs|sys_privs|catalog|dependencies|arguments|types|"
                    + "type_\\w+|errors|segments|extents|free_space|jobs|scheduler_\\w+|network_acl\\w*|policies|mviews?\\w*|part_\\w+|"
                    + "lobs?|xml_\\w+|java_\\w+|audit_\\w+|profiles|ts_quotas|tablespaces|credentials|registry\\w*|libraries|identifiers|"
                    + "password_limits|recyclebin|external_\\w+|context|encrypted_columns|unused_\\w+|updatable_columns|refs)");

    private static final Pattern FILE = Pattern.compile(
            ".*[/\\\\:*?].*|.*\\.(csv|tsv|txt|json|jsonl|ndjson|parquet|arrow|feather|orc|avro|xlsx?|gz|zst|db|duckdb|sqlite)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Trino's hidden columns begin with a dollar sign; its metadata tables end with a dollar sign and a word. */
    private static final Pattern HIDDEN = Pattern.compile("\\$\\w+|.+\\$[a-z_]+");

    private final SqlText sql;
    private final Outline outline;
    private final SqlSyntax syntax;

    TableRules(SqlText sql, Outline outline, SqlSyntax syntax) {
        this.sql = sql;
        this.outline = outline;
        this.syntax = syntax;
    }

    /** @throws StatementRefused if a table belongs to the system or is a file */
    void check() {
        for (int i = 0; i < sql.size(); i++) {
            if (syntax.strict()
                    && sql.token(i).isName()
                    && hasSystemPrefix(sql.token(i).text())) {
                throw ofTheSystem();
            }
            if (syntax.is(Dialect.TRINO)
                    && sql.token(i).kind() == Kind.NAME
                    && HIDDEN.matcher(sql.token(i).text()).matches()) {
                throw new StatementRefused("hidden tables and columns (\""
                        + StatementRefused.shown(sql.token(i).text()) + "\") are not accepted: they tell about files");
            }
            if (outline.role(i) == Role.TABLE) {
                checkTable(i);
            } else if (sql.token(i).isName()
                    && sql.token(i + 1).is(".")
                    && !sql.token(i - 1).is(".")) {
                checkSchema(i);
            }
        }
    }

    private void checkTable(int i) {
        if (sql.token(i).isText()) {
            throw new StatementRefused("a text is no table here: files are not read");
        }
        List<String> parts = new ArrayList<>();
        int at = i;
        parts.add(part(at));
        while (sql.token(at + 1).is(".")
                && (sql.token(at + 2).isName() || sql.token(at + 2).is("."))) {
            at += sql.token(at + 2).isName() ? 2 : 1;
            // in database..table the database chooses the schema
            parts.add(sql.token(at).isName() ? part(at) : "dbo");
        }
        check(parts, syntax);
    }

    private String part(int i) {
        Token token = sql.token(i);
        if (token.kind() == Kind.NAME && FILE.matcher(token.text()).matches()) {
            throw new StatementRefused(
                    "\"" + StatementRefused.shown(token.text()) + "\" looks like a file and is no table here");
        }
        return token.lower();
    }

    /** @param parts the parts of a table's name, in lower case */
    static void check(List<String> parts, SqlSyntax syntax) {
        String table = parts.get(parts.size() - 1);
        List<String> schemas = parts.subList(0, parts.size() - 1);
        boolean ofSystem = (isOfEverySchema(schemas, syntax) && isSystemTable(table, syntax))
                || schemas.stream().anyMatch(schema -> isSystemSchema(schema, syntax));
        if (ofSystem) {
            throw ofTheSystem();
        }
        if (parts.size() > 3) {
            throw new StatementRefused("a table of another server is not accepted");
        }
        if (syntax.is(Dialect.DUCKDB) && FILE.matcher(String.join(".", parts)).matches()) {
            throw new StatementRefused("\"" + StatementRefused.shown(String.join(".", parts)) + "\" looks like a file");
        }
    }

    /** Whether this schema also contains the system's own tables. */
    private static boolean isOfEverySchema(List<String> schemas, SqlSyntax syntax) {
        String schema = schemas.isEmpty() ? "" : schemas.get(schemas.size() - 1);
        return schemas.isEmpty()
                || syntax.is(Dialect.DUCKDB)
                || (syntax.is(Dialect.SQLSERVER, Dialect.UNKNOWN) && schema.equals("dbo"))
                || (syntax.is(Dialect.ORACLE, Dialect.UNKNOWN) && schema.equals("public"));
    }

    private static boolean isSystemTable(String table, SqlSyntax syntax) {
        return hasSystemPrefix(table)
                || (syntax.is(Dialect.SQLSERVER, Dialect.UNKNOWN) && SQLSERVER_VIEWS.contains(table))
                || (syntax.is(Dialect.ORACLE, Dialect.UNKNOWN)
                        && ORACLE_VIEWS.matcher(table).matches());
    }

    private static boolean hasSystemPrefix(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SYSTEM_PREFIXES.stream().anyMatch(lower::startsWith);
    }

    private static boolean isSystemSchema(String schema, SqlSyntax syntax) {
        return SYSTEM_SCHEMAS.contains(schema)
                || schema.startsWith("pg_")
                || (syntax.is(Dialect.SQLSERVER, Dialect.UNKNOWN) && SQLSERVER_SYSTEM.contains(schema))
                || (syntax.is(Dialect.TRINO) && TRINO_SYSTEM.contains(schema));
    }

    private void checkSchema(int i) {
        String schema = sql.token(i).lower();
        boolean function = sql.token(i + 2).isName() && sql.token(i + 3).is("(");
        boolean system = SYSTEM_SCHEMAS.contains(schema)
                || (syntax.is(Dialect.SQLSERVER, Dialect.UNKNOWN) && SQLSERVER_SYSTEM.contains(schema));
        if (system && !function && !outline.declares(schema)) {
            throw ofTheSystem();
        }
    }

    private static StatementRefused ofTheSystem() {
        return new StatementRefused(
                "system tables are not for queries; sql_list_tables and sql_describe_table tell about the schema");
    }
}
