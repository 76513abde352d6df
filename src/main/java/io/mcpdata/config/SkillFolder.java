package io.mcpdata.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the files of one skill. What it finds in the folder is bounded in number, depth and size. Names that begin with
 * a dot are left out. Lives while one skill is read.
 */
final class SkillFolder {

    /** What every client must accept of one skill. */
    static final int MOST_FILES = 512;

    /** What every client must accept of one skill. */
    static final int MOST_BYTES = 16 * 1024 * 1024;

    static final int LARGEST_FILE = 1024 * 1024;
    static final int DEEPEST = 8;

    /** More would only fill the log. */
    private static final int MOST_FAULTS = 20;

    /** Without characters that a URI would have to encode, so that each file has one spelling. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    private final Path root;
    private final String label;
    private final ProblemCollector problems;
    private final List<SkillFile> files = new ArrayList<>();
    private int entries;
    private long bytes;

    /**
     * @param root the real path of the folder of all skills, which no link may leave
     * @param label of the skill's folder in messages
     */
    SkillFolder(Path root, String label, ProblemCollector problems) {
        this.root = root;
        this.label = label;
        this.problems = problems;
    }

    /** The files by path. Faults go to the collector. */
    List<SkillFile> read(Path folder) {
        entry(folder, "", 0);
        return List.copyOf(files);
    }

    private void entry(Path entry, String path, int depth) {
        if (isExhausted()) {
            return;
        }
        try {
            Path real = entry.toRealPath();
            if (!real.startsWith(root)) {
                fault(path, "a link out of the folder of all skills", "a file or folder within it");
            } else if (Files.isDirectory(real)) {
                folder(real, path, depth);
            } else if (Files.isRegularFile(real)) {
                content(real, path).ifPresent(content -> files.add(SkillFile.of(path, content)));
            } else {
                // a pipe or device could block or never end
                fault(path, "neither a file nor a folder", "files and folders");
            }
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            fault(path, "no readable file or folder", "one that the server's user may read");
        }
    }

    private void folder(Path folder, String path, int depth) throws IOException {
        if (depth == DEEPEST) {
            fault(path, "a folder too deep", "at most " + DEEPEST + " folders in each other");
            return;
        }
        for (String name : names(folder)) {
            String inside = path.isEmpty() ? name : path + "/" + name;
            if (NAME.matcher(name).matches()) {
                entry(folder.resolve(name), inside, depth + 1);
            } else {
                fault(
                        path,
                        "the name " + FoundText.printable(name),
                        "names of 1 to 100 letters, digits and _ . -, that begin with none of . and -");
            }
        }
    }

    /** Only as many as a skill may have: a folder can have any number. */
    private TreeSet<String> names(Path folder) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            for (Path path : found) {
                String name = String.valueOf(path.getFileName());
                if (!name.startsWith(".")) {
                    names.add(name);
                    entries++;
                    if (entries > MOST_FILES) {
                        fault("", "more than " + MOST_FILES + " files and folders", "at most as many in one skill");
                        break;
                    }
                }
            }
        }
        return names;
    }

    private Optional<byte[]> content(Path file, String path) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            content = in.readNBytes(LARGEST_FILE + 1);
        }
        if (content.length > LARGEST_FILE) {
            fault(path, "more than 1 MiB", "at most 1 MiB in one file");
            return Optional.empty();
        }
        bytes += content.length;
        if (bytes > MOST_BYTES) {
            fault("", "more than 16 MiB in all files together", "at most 16 MiB in one skill");
            entries = MOST_FILES + 1;
            return Optional.empty();
        }
        return Optional.of(content);
    }

    private boolean isExhausted() {
        return entries > MOST_FILES || problems.errors().size() >= MOST_FAULTS;
    }

    private void fault(String path, String found, String expected) {
        if (problems.errors().size() < MOST_FAULTS) {
            problems.add(new ConfigProblem(path.isEmpty() ? label : label + "/" + path, 0, "", found, expected));
        }
    }
}
