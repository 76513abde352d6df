package io.mcpdata.toolkit.sql.guard;

/**
 * A statement that the guard lets through. Immutable.
 *
 * @param sql what the database gets: the caller's text without comments and closing semicolons, place by place
 * @param markers how many {@code ?} a driver takes for parameters
 * @param patterns whether a parameter may be the pattern of a LIKE
 */
public record GuardedStatement(String sql, int markers, boolean patterns) {}
