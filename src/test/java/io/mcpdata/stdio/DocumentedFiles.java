package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Configurations that a page tells its reader to write. */
final class DocumentedFiles {

    private static final Pattern HERE_DOCUMENT =
            Pattern.compile("platform\\.yaml\" <<'YAML'\n(.*?)\nYAML\n", Pattern.DOTALL);

    private DocumentedFiles() {}

    /** The configuration of {@code docs/deploy/README.md}. */
    static String guide() throws IOException {
        Matcher document = HERE_DOCUMENT.matcher(Files.readString(Path.of("docs", "deploy", "README.md")));
        assertThat(document.find()).isTrue();
        return document.group(1);
    }
}
