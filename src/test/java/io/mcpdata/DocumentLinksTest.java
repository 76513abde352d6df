package io.mcpdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.DocumentedYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link within the documentation leads to a file and a heading, and the index names every page. */
final class DocumentLinksTest {

    private static final Path INDEX = Path.of("docs", "README.md");
    private static final Path IMAGES = Path.of("docs", "images");
    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *```");
    private static final Pattern CODE = Pattern.compile("`+[^`\n]+`+");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)|(?:src|srcset)=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-f]{6}");

    static Stream<Path> pages() {
        return Stream.concat(
                DocumentedYaml.pages().stream(),
                Stream.of("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md").map(Path::of));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsToAFileAndAHeading(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (String link : links(page)) {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? page : resolve(page, parts[0]);
            if (!Files.exists(target)) {
                broken.add(link + ": there is no " + target);
            } else if (parts.length == 2 && !anchors(target).contains(parts[1])) {
                broken.add(link + ": " + target + " has no such heading; it has " + anchors(target));
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void indexNamesEveryPage() throws IOException {
        Set<Path> named = links(INDEX).stream()
                .map(link -> resolve(INDEX, link.split("#", 2)[0]))
                .collect(Collectors.toSet());
        assertThat(DocumentedYaml.pages())
                .filteredOn(page -> page.startsWith("docs") && !page.startsWith(Path.of("docs", "adr")))
                .filteredOn(page -> !page.equals(INDEX))
                .hasSizeGreaterThan(15)
                .allSatisfy(page -> assertThat(named).contains(page));
    }

    @Test
    void picturesDifferInTheirColoursAlone() throws IOException {
        String light = Files.readString(IMAGES.resolve("architecture-light.svg"));
        String dark = Files.readString(IMAGES.resolve("architecture-dark.svg"));
        assertThat(COLOUR.matcher(dark).replaceAll(""))
                .isEqualTo(COLOUR.matcher(light).replaceAll(""));
        assertThat(dark).isNotEqualTo(light);
    }

    @Test
    void headingsHaveTheAnchorsOfGitHub() {
        assertThat(anchors("# `a.b`: C, d!\n```\n# no heading\n```\n## Twice\n## Twice\n### [Linked](x.md) text\n"))
                .containsExactlyInAnyOrder("ab-c-d", "twice", "twice-1", "linked-text");
    }

    private static List<String> links(Path page) throws IOException {
        String prose = CODE.matcher(FENCE.matcher(Files.readString(page)).replaceAll(""))
                .replaceAll("");
        return LINK.matcher(prose)
                .results()
                .map(link -> link.group(1) == null ? link.group(2) : link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .toList();
    }

    private static Path resolve(Path page, String link) {
        return page.resolveSibling(link).normalize();
    }

    private static Set<String> anchors(Path page) throws IOException {
        return page.toString().endsWith(".md") ? anchors(Files.readString(page)) : Set.of();
    }

    private static Set<String> anchors(String page) {
        Map<String, Integer> times = new HashMap<>();
        return HEADING.matcher(FENCE.matcher(page).replaceAll(""))
                .results()
                .map((MatchResult heading) -> heading.group(1)
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .map(anchor -> {
                    int before = times.merge(anchor, 1, Integer::sum) - 1;
                    return before == 0 ? anchor : anchor + "-" + before;
                })
                .collect(Collectors.toSet());
    }
}
