package io.mcpdata.toolkit.sql.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The words that the guard knows, in lower case; one text file per kind. */
final class Vocabulary {

    /** Words that may precede an opening parenthesis without calling a function, in every dialect. */
    static final Set<String> KEYWORDS = words("keywords");

    /** Names of tables and columns that the parser reads as keywords of some dialect. */
    static final Set<String> RESERVED_BY_THE_PARSER = words("reserved-by-the-parser");

    /** Functions whose argument ends with {@code AS type}. */
    static final Set<String> CASTS = of("cast try_cast safe_cast convert try_convert");

    private static final Map<Dialect, Set<String>> FUNCTIONS = new EnumMap<>(Dialect.class);

    static {
        Set<String> common = words("functions-common");
        for (Dialect dialect : Dialect.values()) {
            Set<String> all = new HashSet<>(common);
            all.addAll(
                    switch (dialect) {
                        case H2 -> words("functions-h2");
                        case MYSQL, MARIADB -> words("functions-mysql");
                        case SQLSERVER -> words("functions-sqlserver");
                        case ORACLE -> words("functions-oracle");
                        case TRINO -> words("functions-trino");
                        case POSTGRESQL, DUCKDB, UNKNOWN -> Set.<String>of();
                    });
            FUNCTIONS.put(dialect, Set.copyOf(all));
        }
    }

    private Vocabulary() {}

    static Set<String> functions(Dialect dialect) {
        return FUNCTIONS.getOrDefault(dialect, Set.of());
    }

    static Set<String> of(String words) {
        return Set.of(words.strip().split("\\s+"));
    }

    /** The words of a file, without lines that begin with a hash sign. */
    private static Set<String> words(String file) {
        try (InputStream text = Vocabulary.class.getResourceAsStream(file + ".txt")) {
            if (text == null) {
                throw new IllegalStateException("the WAR lacks the words of " + file);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("the words of " + file + " cannot be read", e);
        }
    }
}
