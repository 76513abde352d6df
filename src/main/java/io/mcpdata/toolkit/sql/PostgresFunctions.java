package io.mcpdata.toolkit.sql;

import io.mcpdata.toolkit.sql.guard.FunctionRules;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The functions in PostgreSQL's catalogue. A function may be called if it is not volatile, belongs to {@code
 * pg_catalog} or to an extension known to compute only, and is not on the short list of those that show server details.
 * A name is allowed if that holds for each function of that name on the search path. Belongs to one reading.
 */
final class PostgresFunctions {

    /** Not volatile, but they show the server, its accounts or its catalogue, or run a text as SQL. */
    private static final Pattern DENIED = Pattern.compile(
            "pg_.*|lo_.*|has_.*|.*_to_xml|.*_to_xmlschema|.*_to_xml_and_xmlschema"
                    + "|current_(setting|user|role|query|schema|schemas|database|catalog)|session_user|system_user|user|version|inet_(client|server)_.*"
                    + "|txid_.*|to_reg.*|(col|obj|shobj)_description|row_security_active|format_type|currtid.*|mxid_age|makeaclitem"
                    + "|acl.*|ts_stat|ts_rewrite|ts_debug|ts_parse|ts_token_type|getdatabaseencoding|getpgusername|satisfies_hash_.*"
                    + "|binary_upgrade_.*|amvalidate|fmgr_.*|.*_validator|oidvectortypes|show_limit|querytree|index_am_.*|suppress_.*|unique_key_.*|.*_support|.*sel|.*joinsel|icu_.*"
                    + "|xpath_table|st_estimatedextent|st_findextent|find_srid|postgis_.*|st_fromgdalraster|st_asgdalraster");

    private static final Set<String> TOLD_OF_VALUES =
            Set.of("pg_typeof", "pg_size_pretty", "pg_size_bytes", "pg_column_size", "pg_collation_for");

    /** Volatile only because each call gives another value. */
    private static final Set<String> CHANCE = Set.of(
            "random",
            "random_normal",
            "clock_timestamp",
            "timeofday",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            "uuid_generate_v4",
            "array_shuffle",
            "array_sample");

    /** Extensions whose functions only compute with their arguments. */
    private static final Set<String> TRUSTED = Set.of(
            "address_standardizer",
            "btree_gin",
            "btree_gist",
            "citext",
            "cube",
            "earthdistance",
            "fuzzystrmatch",
            "h3",
            "hll",
            "hstore",
            "intarray",
            "isn",
            "ltree",
            "pg_trgm",
            "pgcrypto",
            "plpgsql",
            "postgis",
            "seg",
            "tdigest",
            "timescaledb",
            "tsm_system_rows",
            "tsm_system_time",
            "unaccent",
            "uuid-ossp",
            "vector");

    private static final Pattern CALL = Pattern.compile("([\\w$]+|\"[^\"]+\")\\s*\\(");

    private final Set<String> allowed = new HashSet<>();
    private final Set<String> denied = new HashSet<>();
    private final Set<String> qualified = new HashSet<>();
    private final Set<String> qualifiedDenied = new HashSet<>();
    private final Set<String> attributes = new HashSet<>();
    private final Set<String> types = new HashSet<>();
    private final Set<String> casts = new HashSet<>();
    private final Set<String> operators = new HashSet<>();
    private final Set<String> deniedWords = new HashSet<>();

    private PostgresFunctions() {}

    static FunctionRules read(Connection connection) throws SQLException {
        PostgresFunctions read = new PostgresFunctions();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(ShippedText.of("postgres-functions.sql"))) {
                while (rows.next()) {
                    read.function(rows);
                }
            }
            read.allowed.removeAll(read.denied);
            read.qualified.removeAll(read.qualifiedDenied);
            try (ResultSet rows = statement.executeQuery(ShippedText.of("postgres-types.sql"))) {
                while (rows.next()) {
                    read.type(rows);
                }
            }
            try (ResultSet rows = statement.executeQuery(ShippedText.of("postgres-parts.sql"))) {
                read.wholes(rows);
            }
        }
        return new FunctionRules(
                read.allowed,
                read.qualified,
                read.attributes,
                read.types,
                read.casts,
                read.operators,
                read.deniedWords,
                Set.of());
    }

    private void function(ResultSet row) throws SQLException {
        String name = String.valueOf(row.getString("name"));
        String schema = String.valueOf(row.getString("schema"));
        @Nullable String extension = row.getString("extension");
        boolean computes = (!row.getBoolean("volatile") || CHANCE.contains(name))
                && !row.getBoolean("procedure")
                && (!row.getBoolean("inner_type") || TOLD_OF_VALUES.contains(name))
                && (schema.equals("pg_catalog") || isTrusted(extension))
                && (!DENIED.matcher(name).matches() || TOLD_OF_VALUES.contains(name));
        (computes ? qualified : qualifiedDenied).add(schema + "." + name);
        if (row.getBoolean("visible")) {
            (computes ? allowed : denied).add(name);
            if (!computes && !row.getBoolean("reserved")) {
                deniedWords.add(name);
            }
            if (!computes && row.getBoolean("unary") && !row.getBoolean("uncallable")) {
                attributes.add(name.toLowerCase(Locale.ROOT));
            }
        }
    }

    private static boolean isTrusted(@Nullable String extension) {
        return extension != null && TRUSTED.contains(extension);
    }

    private void type(ResultSet row) throws SQLException {
        String name = String.valueOf(row.getString("name"));
        String function = row.getString("schema") + "." + row.getString("function");
        boolean known = row.getString("function") != null;
        // an operator or a type of an extension computes with values, unless the catalogue says that it does more
        boolean computes = (row.getString("extension") != null && row.getBoolean("steady"))
                || (function.startsWith("pg_catalog.") && !qualifiedDenied.contains(function));
        switch (String.valueOf(row.getString("kind"))) {
            case "domain" -> {
                if ((known && !qualified.contains(function)) || callsDenied(String.valueOf(row.getString("text")))) {
                    types.add(name.toLowerCase(Locale.ROOT));
                }
            }
            case "operator" -> {
                if (!computes) {
                    operators.add(name);
                }
            }
            default -> {
                if (!computes) {
                    types.add(name.toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    /** A type that contains a denied one calls its functions too: arrays, domains of domains, ranges, rows. */
    private void wholes(ResultSet rows) throws SQLException {
        List<Whole> wholes = new ArrayList<>();
        while (rows.next()) {
            wholes.add(new Whole(
                    String.valueOf(rows.getString("name")),
                    String.valueOf(rows.getString("part")),
                    rows.getBoolean("is_row")));
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Whole whole : wholes) {
                if (isDenied(whole.part())) {
                    more |= (whole.isRow() ? casts : types).add(whole.name());
                }
            }
        }
    }

    private boolean isDenied(String type) {
        return types.contains(type) || casts.contains(type) || FunctionRules.tellsNames(type);
    }

    /** A type that contains another one. */
    private record Whole(String name, String part, boolean isRow) {}

    private boolean callsDenied(String check) {
        Matcher calls = CALL.matcher(check);
        while (calls.find()) {
            String name = calls.group(1).replace("\"", "");
            if (denied.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
