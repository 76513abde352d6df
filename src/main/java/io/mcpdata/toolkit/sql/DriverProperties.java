package io.mcpdata.toolkit.sql;

import java.util.LinkedHashMap;
import java.util.Map;

/** The properties that the platform's own pools give to a driver unless the URL sets them. */
final class DriverProperties {

    /**
     * The share of the heap for rows that pgjdbc has fetched and the application has not read yet. Without this limit
     * one value can fill the heap. In percent, so that it fits any heap.
     */
    private static final String MOST_FETCHED = "5p";

    private DriverProperties() {}

    /** @param allowPrivileged whether the account may have rights beyond reading tables */
    static Map<String, String> of(String url, boolean allowPrivileged) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (url.startsWith("jdbc:postgresql:")) {
            properties.put("maxResultBuffer", MOST_FETCHED);
            // a pooler may give each transaction another session, where the statement is unknown or another client's
            properties.put("prepareThreshold", "0");
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
