package io.mcpdata.config;

import java.util.Optional;

/** Section {@code database}. */
final class DatabaseSection {

    private static final String SIGNING_KEY = "signing_key";

    private DatabaseSection() {}

    /**
     * Empty if the file has no such section, or a wrong one.
     *
     * @param audit the section {@code audit}
     */
    static Optional<DatabaseConfig> read(Section root, Section audit) {
        if (!root.isGiven("database")) {
            return Optional.empty();
        }
        Section database = root.section("database").only("jndi", "url", "username", "password", "instance");
        Optional<ConnectionSource> source = ConnectionsSection.source(database, "jndi", "url");
        if (source.filter(DatabaseSection::isOtherProduct).isPresent()) {
            database.error("url", "a URL of another product", "jdbc:postgresql://host:5432/database");
        }
        Optional<String> instance = database.required(
                "instance",
                "a name that no other server with this database has, such as ${HOSTNAME}: 1 to 64 letters, digits, '.',"
                        + " '_' and '-', with a letter or digit at both ends",
                DatabaseSection::name);
        if (!audit.isGiven(SIGNING_KEY)) {
            database.error(
                    "",
                    "no audit.signing_key",
                    "one, the same on every server with this database, because each server signs and verifies the audit"
                            + " rows of all");
        }
        return source.flatMap(known -> instance.map(name -> new DatabaseConfig(known, name)));
    }

    private static boolean isOtherProduct(ConnectionSource source) {
        return source instanceof ConnectionSource.Url url && !url.url().reveal().startsWith("jdbc:postgresql:");
    }

    private static String name(String text) {
        if (!DatabaseConfig.isName(text)) {
            throw new IllegalArgumentException("not usable");
        }
        return text;
    }
}
