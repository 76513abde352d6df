package io.mcpdata.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Key {@code files} of a connection, and {@code memory_mb} and {@code threads} beside it. */
final class FilesSection {

    static final List<String> BESIDE = List.of("memory_mb", "threads");

    private static final int MOST_FILES = 100;
    private static final int USUAL_MEGABYTES = 512;
    private static final int USUAL_THREADS = 2;

    /** Names that no statement must quote, without those that the guard takes for tables of the database system. */
    private static final Pattern VIEW =
            Pattern.compile("(?!(?:pg|sqlite|duckdb|pragma|dbms|utl)_)[a-z][a-z0-9_]{0,62}", Pattern.CASE_INSENSITIVE);

    private static final Pattern ENDING =
            Pattern.compile(".*\\.(parquet|csv|tsv|csv\\.gz|tsv\\.gz)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Characters that DuckDB reads as a pattern, or that end a text or list. */
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}'\"`,;\\\\\\p{Cntrl}]");

    private final Path folder;

    /** @param folder where relative paths begin */
    FilesSection(Path folder) {
        this.folder = folder;
    }

    /** Empty if there are none, or one of them is wrong, which is reported. */
    Optional<ConnectionSource> read(Section connection) {
        int memory = connection.number("memory_mb", USUAL_MEGABYTES, 64, 1_048_576);
        int threads = connection.number("threads", USUAL_THREADS, 1, 256);
        if (!connection.isGiven("files")) {
            return Optional.empty();
        }
        Section files = connection.section("files");
        if (files.keys().isEmpty() || files.keys().size() > MOST_FILES) {
            connection.error(
                    "files",
                    files.keys().size() + " files",
                    "1 to " + MOST_FILES + " files, each by the name of its view");
            return Optional.empty();
        }
        Map<String, Path> views = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (String view : files.keys()) {
            if (!VIEW.matcher(view).matches()) {
                files.error(
                        view,
                        "a name that a view cannot have",
                        "1 to 63 letters, digits and _, beginning with a letter");
            } else if (!names.add(view.toLowerCase(Locale.ROOT))) {
                files.error(view, "a name that differs from another one only in case", "another name");
            }
            path(files, view).ifPresent(path -> views.put(view, path));
        }
        return views.size() == files.keys().size()
                ? Optional.of(new ConnectionSource.Files(views, memory, threads))
                : Optional.empty();
    }

    private Optional<Path> path(Section files, String view) {
        String expected =
                "a file whose name ends with .parquet, .csv, .tsv, .csv.gz or .tsv.gz and that the server's user"
                        + " may read, in a path without special characters; a relative path begins at " + folder;
        Optional<String> text = files.text(view);
        if (text.isEmpty()) {
            files.error(view, "no path", expected);
            return Optional.empty();
        }
        if (!ENDING.matcher(text.get()).matches()) {
            files.error(view, files.shown(view) + ": another ending", expected);
            return Optional.empty();
        }
        try {
            Path path = folder.resolve(text.get()).toAbsolutePath().normalize();
            if (SPECIAL.matcher(path.toString()).find()) {
                files.error(view, files.shown(view) + ": a special character in its path", expected);
            } else if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
                files.error(view, files.shown(view) + ": no readable file", expected);
            } else {
                return Optional.of(path);
            }
        } catch (InvalidPathException | SecurityException e) {
            files.error(view, files.shown(view) + ": no readable file", expected);
        }
        return Optional.empty();
    }
}
