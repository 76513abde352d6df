package io.mcpdata.toolkit.sql;

import io.mcpdata.config.MaskConfig;
import io.mcpdata.json.Json;
import io.mcpdata.toolkit.sql.guard.Dialect;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Set;

/** Masks and row filters in the SQL of a database. Immutable. */
final class MaskSql {

    private static final Set<Dialect> SUPPORTED =
            Set.of(Dialect.H2, Dialect.POSTGRESQL, Dialect.MYSQL, Dialect.MARIADB);

    private static final String HIDDEN = "'****'";

    /** A value must have more characters, so that the last four are the smaller part. */
    private static final int LONG = 8;

    private final DatabaseProfile profile;
    private final MaskKey key;

    MaskSql(DatabaseProfile profile, MaskKey key) {
        this.profile = profile;
        this.key = key;
    }

    boolean areSupported() {
        return SUPPORTED.contains(profile.dialect());
    }

    String quoted(String name) {
        String quote = profile.identifierQuote();
        return quote + name.replace(quote, quote + quote) + quote;
    }

    String quoted(TableName table) {
        return table.schema().isEmpty() ? quoted(table.name()) : quoted(table.schema()) + "." + quoted(table.name());
    }

    /**
     * The column with its mask, under its own name.
     *
     * @param values takes the values of the markers in the mask
     */
    String masked(String name, MaskConfig mask, List<JsonValue> values) {
        String column = quoted(name);
        String text = "CAST(" + column + " AS " + textType() + ")";
        String shown = switch (mask.show()) {
            // the type stays
            case NOTHING -> "CASE WHEN 1 = 0 THEN " + column + " END";
            case TEXT -> {
                values.add(Json.string(mask.text()));
                yield marker();
            }
            case LAST4 ->
                "CASE WHEN CHAR_LENGTH(" + text + ") > " + LONG + " THEN " + joined(HIDDEN, "RIGHT(" + text + ", 4)")
                        + " ELSE " + HIDDEN + " END";
            case HASH -> {
                JsonValue bound = Json.string(key.hex());
                values.add(bound);
                values.add(bound);
                yield hash(joined(marker(), text, marker()));
            }
        };
        return shown + " AS " + column;
    }

    private String joined(String... texts) {
        return profile.dialect().isMySql() ? "CONCAT(" + String.join(", ", texts) + ")" : String.join(" || ", texts);
    }

    private String marker() {
        return "CAST(? AS " + textType() + ")";
    }

    private String textType() {
        return switch (profile.dialect()) {
            case MYSQL, MARIADB -> "CHAR";
            case POSTGRESQL -> "TEXT";
            default -> "VARCHAR";
        };
    }

    /** 64 bits of SHA-256: enough to tell values apart, and short. */
    private String hash(String text) {
        return switch (profile.dialect()) {
            case MYSQL, MARIADB -> "LEFT(SHA2(" + text + ", 256), 16)";
            case POSTGRESQL -> "LEFT(ENCODE(SHA256(CONVERT_TO(" + text + ", 'UTF8')), 'hex'), 16)";
            default -> "LEFT(RAWTOHEX(HASH('SHA-256', STRINGTOUTF8(" + text + "))), 16)";
        };
    }

    /**
     * Ends the subquery of a row filter so that the database evaluates no condition of the caller before the filter: an
     * error of such a condition would tell about a hidden row.
     */
    String fence() {
        return switch (profile.dialect()) {
            case MYSQL, MARIADB -> " LIMIT 18446744073709551615";
            case POSTGRESQL -> " OFFSET 0";
            default -> " FETCH FIRST 9223372036854775807 ROWS ONLY";
        };
    }
}
