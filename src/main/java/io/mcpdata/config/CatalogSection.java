package io.mcpdata.config;

import io.mcpdata.config.CatalogTermConfig.TableOfConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Section {@code catalog}, and the files beside {@code platform.yaml} that it names. */
final class CatalogSection {

    static final int LARGEST = 4 * 1024 * 1024;
    static final int MOST_FILES = 100;
    static final int LONGEST_TEXT = 4_000;

    private static final int MOST_ITEMS = 50;
    private static final int LONGEST_WORD = 200;
    private static final String TEXT = "a text of at most " + LONGEST_TEXT + " characters";
    private static final String WORD = "a text of 1 to " + LONGEST_WORD + " characters";
    private static final String TABLE_OF_CONNECTION = "CONNECTION/SCHEMA.TABLE, with a connection of platform.yaml";

    private final Path folder;
    private final Set<String> connections;
    private final Map<String, CatalogTableConfig> tables = new LinkedHashMap<>();
    private final Map<String, CatalogTermConfig> glossary = new LinkedHashMap<>();

    /**
     * @param folder where relative paths begin
     * @param connections the names of all connections of the file
     */
    CatalogSection(Path folder, Set<String> connections) {
        this.folder = folder;
        this.connections = Set.copyOf(connections);
    }

    CatalogConfig read(Section catalog) {
        catalog.only("files", "tables", "glossary");
        content(catalog);
        List<String> files = catalog.list("files", "the path of a YAML file", text -> text);
        if (files.size() > MOST_FILES) {
            catalog.error("files", files.size() + " files", "at most " + MOST_FILES);
        } else {
            // what a variable holds is not shown
            boolean shown = files.stream().allMatch(file -> catalog.containsItem("files", file));
            files.forEach(file -> file(catalog, file, shown ? FoundText.printable(file) : "a file of catalog.files"));
        }
        return new CatalogConfig(List.copyOf(tables.values()), List.copyOf(glossary.values()));
    }

    private void file(Section catalog, String file, String shown) {
        ProblemCollector problems = new ProblemCollector(shown);
        text(catalog, file, shown).ifPresent(text -> {
            try {
                @Nullable Node root = PlatformConfigReader.yaml().compose(new StringReader(text));
                if (root != null && !FoundText.isNull(root)) {
                    content(catalog.inFile(root, problems).only("tables", "glossary"));
                }
            } catch (YAMLException e) {
                problems.add(new YamlFailure(shown, text).problem(e));
            }
        });
        catalog.errors(problems);
    }

    private Optional<String> text(Section catalog, String file, String shown) {
        String expected =
                "a YAML file in UTF-8 of at most 4 MiB that the server's user may read; a relative path begins" + " at "
                        + folder;
        try {
            Path path = folder.resolve(file);
            catalog.watch(path);
            if (!Files.isRegularFile(path)) {
                // a pipe or device could block or never end
                catalog.error("files", shown + ": no regular file", expected);
                return Optional.empty();
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(LARGEST + 1);
            }
            if (bytes.length > LARGEST) {
                catalog.error("files", shown + ": more than 4 MiB", expected);
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            catalog.error("files", shown + ": bytes that are not UTF-8", expected);
        } catch (IOException | InvalidPathException | SecurityException e) {
            catalog.error("files", shown + ": no readable file", expected);
        }
        return Optional.empty();
    }

    private void content(Section source) {
        Section byConnection = source.section("tables");
        for (String connection : byConnection.keys()) {
            if (!connections.contains(connection)) {
                byConnection.error(connection, "an unknown connection", "one of the connections of platform.yaml");
            }
            Section described = byConnection.section(connection);
            for (String name : described.keys()) {
                table(connection, name, described);
            }
        }
        Section terms = source.section("glossary");
        for (String term : terms.keys()) {
            term(term, terms);
        }
    }

    private void table(String connection, String name, Section described) {
        CatalogTableName table = new CatalogTableName("", name);
        try {
            table = CatalogTableName.parse(name);
        } catch (IllegalArgumentException e) {
            described.error(name, "no name of a table", CatalogTableName.EXPECTED);
        }
        Section one = described.section(name).only("description", "tags", "owner", "columns", "deprecated", "examples");
        CatalogTableConfig config = new CatalogTableConfig(
                connection,
                table,
                text(one, "description"),
                words(one, "tags"),
                text(one, "owner"),
                columns(one.section("columns")),
                deprecated(one),
                words(one, "examples"));
        if (tables.putIfAbsent(connection + "/" + table.key(), config) != null) {
            described.error(name, "the table a second time", "each table once, in either case, in all files together");
        }
    }

    private static List<CatalogColumnConfig> columns(Section columns) {
        Map<String, CatalogColumnConfig> read = new LinkedHashMap<>();
        for (String name : columns.keys()) {
            Section one = columns.section(name).only("description", "unit", "tags");
            CatalogColumnConfig column =
                    new CatalogColumnConfig(name, text(one, "description"), text(one, "unit"), words(one, "tags"));
            if (read.putIfAbsent(name.toLowerCase(Locale.ROOT), column) != null) {
                columns.error(name, "the column a second time", "each column once, in either case");
            }
        }
        return List.copyOf(read.values());
    }

    private static Optional<CatalogDeprecation> deprecated(Section table) {
        if (!table.has("deprecated")) {
            return Optional.empty();
        }
        Section one = table.section("deprecated").only("replacement", "reason");
        Optional<CatalogTableName> replacement = one.isGiven("replacement")
                ? one.required("replacement", CatalogTableName.EXPECTED, CatalogTableName::parse)
                : Optional.empty();
        if (table.isMapping("deprecated") && !one.isGiven("replacement") && !one.isGiven("reason")) {
            table.error("deprecated", "neither replacement nor reason", "one of them");
        }
        return Optional.of(new CatalogDeprecation(replacement, text(one, "reason")));
    }

    private void term(String term, Section terms) {
        Section one = terms.section(term).only("definition", "tables");
        if (term.isBlank() || term.length() > LONGEST_WORD) {
            terms.error(term, "a word that cannot be used", WORD);
        }
        Optional<String> definition = one.required("definition", TEXT, text -> require(text, isText(text)));
        List<TableOfConnection> of = one.list("tables", TABLE_OF_CONNECTION, this::tableOfConnection);
        CatalogTermConfig config = new CatalogTermConfig(term, definition.orElse(""), of);
        if (glossary.putIfAbsent(term.toLowerCase(Locale.ROOT), config) != null) {
            terms.error(term, "the word a second time", "each word once, in either case, in all files together");
        }
    }

    private TableOfConnection tableOfConnection(String text) {
        int slash = text.indexOf('/');
        String connection = text.substring(0, Math.max(slash, 0));
        return new TableOfConnection(
                require(connection, connections.contains(connection)),
                CatalogTableName.parse(text.substring(slash + 1)));
    }

    private static String text(Section one, String key) {
        return one.convert(key, "", TEXT, text -> require(text.strip(), isText(text)));
    }

    private static List<String> words(Section one, String key) {
        List<String> words = new ArrayList<>(one.list(
                key, WORD, text -> require(text, !text.isBlank() && text.length() <= LONGEST_WORD)));
        if (words.size() > MOST_ITEMS) {
            one.error(key, words.size() + " items", "at most " + MOST_ITEMS);
        }
        return words;
    }

    private static boolean isText(String text) {
        return text.length() <= LONGEST_TEXT;
    }

    private static <T> T require(T value, boolean good) {
        if (!good) {
            throw new IllegalArgumentException("not usable");
        }
        return value;
    }
}
