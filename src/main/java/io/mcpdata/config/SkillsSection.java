package io.mcpdata.config;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code skills}. Each folder within the named one is a skill. Its files are read at once, so that a broken skill
 * is a fault. Names that begin with a dot are left out.
 */
final class SkillsSection {

    static final int MOST_SKILLS = 200;
    static final int MOST_FILES = 2_000;
    static final long MOST_BYTES = 32L * 1024 * 1024;

    private static final String FOLDER = "folder";
    private static final String MAIN = "SKILL.md";
    private static final Pattern NAME = Pattern.compile("(?!.*--)[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

    private final Path folder;

    /** @param folder where a relative path begins */
    SkillsSection(Path folder) {
        this.folder = folder;
    }

    List<SkillConfig> read(Section skills) {
        skills.only(FOLDER);
        return skills.text(FOLDER).map(path -> inFolder(skills, path)).orElse(List.of());
    }

    private List<SkillConfig> inFolder(Section skills, String path) {
        List<SkillConfig> configs = new ArrayList<>();
        try {
            Path root = folder.resolve(path).toRealPath();
            TreeSet<String> names = names(root);
            if (names.size() > MOST_SKILLS) {
                skills.error(
                        FOLDER, "more than " + MOST_SKILLS + " folders in it", "at most " + MOST_SKILLS + " skills");
                return List.of();
            }
            for (String name : names) {
                skill(skills, root, name).ifPresent(configs::add);
                if (areTooLarge(configs)) {
                    skills.error(
                            FOLDER,
                            "more than " + MOST_FILES + " files or 32 MiB in it",
                            "at most " + MOST_FILES + " files and 32 MiB in all skills together");
                    return List.of();
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException | SecurityException e) {
            skills.error(
                    FOLDER,
                    skills.shown(FOLDER) + ": no readable folder",
                    "a folder that the server's user may read; a relative path begins at " + folder);
        }
        return configs;
    }

    /** Those of the folders; other files are left out. Only as many as needed to know that there are too many. */
    private static TreeSet<String> names(Path root) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(root)) {
            for (Path path : found) {
                String name = String.valueOf(path.getFileName());
                if (!name.startsWith(".") && !Files.isRegularFile(path)) {
                    names.add(name);
                }
                if (names.size() > MOST_SKILLS) {
                    break;
                }
            }
        }
        return names;
    }

    private static Optional<SkillConfig> skill(Section skills, Path root, String name) {
        // what a variable holds is not shown
        String shown = skills.contains(FOLDER, "${")
                ? skills.path() + "." + FOLDER
                : FoundText.printable(skills.text(FOLDER).orElse(""));
        String label = shown + "/" + FoundText.printable(name);
        ProblemCollector problems = new ProblemCollector(label + "/" + MAIN);
        Optional<SkillConfig> skill = Optional.empty();
        if (NAME.matcher(name).matches()) {
            List<SkillFile> files = new SkillFolder(root, label, problems).read(root.resolve(name));
            skill = files.stream()
                    .filter(file -> file.path().equals(MAIN))
                    .findFirst()
                    .map(main -> skill(name, main, files, problems));
            if (skill.isEmpty() && problems.errors().isEmpty()) {
                problems.add(new ConfigProblem(label, 0, "", "no file " + MAIN, "one with name and description"));
            }
        } else {
            problems.add(new ConfigProblem(
                    label,
                    0,
                    "",
                    "a folder whose name no skill can have",
                    "1 to 64 small letters, digits and single - between them"));
        }
        skills.errors(problems);
        return skill;
    }

    private static SkillConfig skill(String name, SkillFile main, List<SkillFile> files, ProblemCollector problems) {
        if (!main.isText()) {
            problems.error(0, "", "bytes that are not UTF-8", "a text file in UTF-8");
            return new SkillConfig(name, "", Map.of(), files);
        }
        Map<String, @Nullable Object> frontmatter = new SkillFrontmatter(problems).read(name, main.data());
        return new SkillConfig(name, String.valueOf(frontmatter.get("description")), frontmatter, files);
    }

    private static boolean areTooLarge(List<SkillConfig> skills) {
        return skills.stream().mapToInt(skill -> skill.files().size()).sum() > MOST_FILES
                || skills.stream()
                                .flatMap(skill -> skill.files().stream())
                                .mapToLong(SkillFile::size)
                                .sum()
                        > MOST_BYTES;
    }
}
