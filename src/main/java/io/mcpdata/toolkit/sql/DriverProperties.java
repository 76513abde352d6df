package io.mcpdata.toolkit.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The properties that the platform's own pools give to a driver unless the URL sets them. */
final class DriverProperties {

    /** The ports on which PgBouncer and the pooler of Supabase listen by default, in transaction mode. */
    private static final Pattern POOLERS = Pattern.compile("jdbc:postgresql://[^/?]*:(6432|6543)(,|/|\\?|$).*");

    /**
     * The share of the heap for rows that pgjdbc has fetched and the application has not read yet. Without this limit
     * one value can fill the heap. In percent, so that it fits any heap.
     */
    private static final String MOST_FETCHED = "5p";

    private DriverProperties() {}

    /**
     * @param behindPooler whether a pooler is known to share the database's sessions between transactions
     * @param allowPrivileged whether the account may have rights beyond reading tables
     */
    static Map<String, String> of(String url, boolean behindPooler, boolean allowPrivileged) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (url.startsWith("jdbc:postgresql:")) {
            properties.put("maxResultBuffer", MOST_FETCHED);
            if (behindPooler || POOLERS.matcher(url).matches()) {
                // a statement prepared in one session is unknown, or a different one, in the next session
                properties.put("prepareThreshold", "0");
            }
        }
        if (url.startsWith("jdbc:duckdb:")) {
            properties.put("duckdb.read_only", "true");
            if (!allowPrivileged) {
                properties.put("enable_external_access", "false");
                properties.put("lock_configuration", "true");
            }
        }
        return properties;
    }
}
