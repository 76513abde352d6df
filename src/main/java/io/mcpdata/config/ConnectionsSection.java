package io.mcpdata.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Section {@code connections}. */
final class ConnectionsSection {

    /** Only the scheme java:, so that no entry can make the server look up a name in a remote directory. */
    private static final Pattern JNDI = Pattern.compile("(java:)?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*");

    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*(\\.[A-Za-z_][A-Za-z0-9_$]*)*");

    private ConnectionsSection() {}

    /** @param folder where relative paths begin */
    static List<ConnectionConfig> read(Section connections, IdentitySection identities, Path folder) {
        FilesSection files = new FilesSection(folder);
        List<ConnectionConfig> configs = new ArrayList<>();
        Map<String, String> names = new HashMap<>();
        for (String name : connections.keys()) {
            EntryName.check(connections, name);
            // rules over schemas and tables match names in any case
            String other = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                connections.error(name, "a name that differs from " + other + " only in case", "another name");
            }
            connection(name, connections.section(name), identities, files).ifPresent(configs::add);
        }
        return configs;
    }

    private static Optional<ConnectionConfig> connection(
            String name, Section one, IdentitySection identities, FilesSection files) {
        one.only(
                "jndi",
                "url",
                "username",
                "password",
                "demo",
                "files",
                "memory_mb",
                "threads",
                "description",
                "max_rows",
                "timeout",
                "allow_functions",
                "allow_privileged_account",
                "statement_comment",
                "identity",
                "plan_limits",
                "schemas",
                "tables");
        Optional<ConnectionSource> source = source(one, Optional.of(files), "jndi", "url", "demo", "files");
        String description = one.text("description").orElse("");
        int rows = ConfigComponent.number(ConnectionConfig.class, "max_rows", one);
        Duration timeout = ConfigComponent.duration(ConnectionConfig.class, "timeout", one);
        List<String> functions = one.list(
                "allow_functions",
                "the name of a function",
                matching(FUNCTION).andThen(function -> function.toLowerCase(Locale.ROOT)));
        boolean privileged = ConfigComponent.flag(ConnectionConfig.class, "allow_privileged_account", one);
        boolean comment = ConfigComponent.flag(ConnectionConfig.class, "statement_comment", one);
        Optional<IdentityConfig> identity = identities.read(one, source);
        Optional<PlanLimitsConfig> planLimits = PlanLimitsSection.read(one, source);
        GlobRules schemas = GlobRules.ofData(one.section("schemas"), DataName.SCHEMAS, DataName::schemas);
        GlobRules tables = GlobRules.ofData(one.section("tables"), DataName.TABLES, DataName::tables);
        return source.map(known -> new ConnectionConfig(
                name,
                description,
                known,
                rows,
                timeout,
                Set.copyOf(functions),
                privileged,
                comment,
                identity,
                planLimits,
                schemas,
                tables));
    }

    /** @param kinds the keys of which the section must have one */
    static Optional<ConnectionSource> source(Section one, String... kinds) {
        return source(one, Optional.empty(), kinds);
    }

    private static Optional<ConnectionSource> source(
            Section one, Optional<FilesSection> filesSection, String... kinds) {
        List<String> given = Stream.of(kinds).filter(one::isGiven).toList();
        if (given.size() != 1) {
            one.error(
                    "",
                    given.isEmpty() ? "no source" : String.join(" and ", given),
                    "exactly one of " + String.join(", ", List.of(kinds).subList(0, kinds.length - 1)) + " and "
                            + kinds[kinds.length - 1]);
        }
        if (!given.contains("url")) {
            for (String key : List.of("username", "password")) {
                if (one.isGiven(key)) {
                    one.error(key, "a " + key + " without url", "it beside url only");
                }
            }
        }
        if (filesSection.isPresent() && !given.contains("files")) {
            for (String key : FilesSection.BESIDE) {
                if (one.isGiven(key)) {
                    one.error(key, "it without files", "it beside files only");
                }
            }
        }
        Optional<ConnectionSource> files = filesSection.flatMap(section -> section.read(one));
        Optional<ConnectionSource> jndi = one.convert(
                "jndi",
                Optional.empty(),
                "a JNDI name such as java:comp/env/jdbc/warehouse",
                matching(JNDI).andThen(text -> Optional.of(new ConnectionSource.Jndi(text))));
        Optional<ConnectionSource> demo = one.convert(
                "demo",
                Optional.empty(),
                "retail, the one demo warehouse",
                matching(Pattern.compile("retail")).andThen(text -> Optional.of(new ConnectionSource.Demo(text))));
        Optional<ConnectionSource> url = url(one);
        return given.size() == 1 ? jndi.or(() -> demo).or(() -> url).or(() -> files) : Optional.empty();
    }

    private static Optional<ConnectionSource> url(Section one) {
        Optional<String> username = one.text("username");
        if (username.filter(Padding::isAround).isPresent()) {
            one.error("username", Padding.found("a user name"), Padding.expected("the user name"));
        }
        Optional<Secret> password = one.secret("password");
        if (password.map(Secret::reveal).filter(Padding::isAround).isPresent()) {
            one.warning(
                    "password",
                    Padding.found("a password"),
                    Padding.expected("the password") + ", unless they belong to it");
        }
        if (password.isPresent() && one.isLiteral("password")) {
            one.warning("password", "a literal password in the file", "${VARIABLE}, so that the file holds no secret");
        }
        Optional<Secret> url = one.secret("url");
        if (url.map(Secret::reveal).filter(Padding::isAround).isPresent()) {
            one.error("url", Padding.found("a URL"), Padding.expected("the URL"));
            return Optional.empty();
        }
        if (url.isPresent() && !url.get().reveal().matches("jdbc:[^\\p{Cntrl}]+")) {
            one.error("url", "something else", "a JDBC URL such as jdbc:postgresql://host:5432/database");
            return Optional.empty();
        }
        return url.map(known -> new ConnectionSource.Url(known, username, password));
    }

    private static Function<String, String> matching(Pattern pattern) {
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException("something else");
            }
            return text;
        };
    }
}
