package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rules of accessibility (WCAG 2.1 A and AA, and good practice), checked by axe-core in the page. */
final class Axe {

    private static final Path PROGRAM = Path.of("src", "test", "clients", "node_modules", "axe-core", "axe.min.js");

    private static final String RUN = """
            axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']}).then(found =>
              found.violations.map(one => one.id + ': ' + one.help + ' at ' + one.nodes[0].html).join('\\n'))""";

    private Axe() {}

    /** Without axe-core the test is skipped, unless the environment variable {@code REQUIRE_CLIENTS} is set. */
    static String source() {
        String missing = "axe-core is not installed; run: npm install --prefix src/test/clients";
        if (!Files.exists(PROGRAM) && System.getenv("REQUIRE_CLIENTS") != null) {
            throw new IllegalStateException(missing);
        }
        assumeTrue(Files.exists(PROGRAM), missing);
        try {
            return Files.readString(PROGRAM);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void check(Browser browser, String axe, String page) {
        browser.evaluate(axe + ";0");
        assertThat(browser.evaluate(RUN)).as(page).isEmpty();
    }
}
