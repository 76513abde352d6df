package io.mcpdata.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The commands of a page, which one shell runs in their order. */
public final class DocumentedCommands {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private DocumentedCommands() {}

    /** The text of one chapter of a page, from its heading of the second level to the next. */
    public static String chapter(Path page, String title) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf("\n## " + title + "\n");
        assertThat(begin).as("%s in %s", title, page).isNotNegative();
        int end = text.indexOf("\n## ", begin + 1);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    /**
     * Runs every block and expects that each command succeeds.
     *
     * @param directory where the shell works; {@code bin} of the project is in its path
     * @return what the commands printed
     */
    public static String run(String page, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        String commands =
                BLOCK.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining("\n"));
        ProcessBuilder shell = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        shell.environment().put("PATH", Path.of("bin").toAbsolutePath() + ":" + System.getenv("PATH"));
        shell.environment().putAll(environment);
        Process run = shell.start();
        String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).as(output).isZero();
        return output;
    }
}
