package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One browser for the tests of a class, which must report nothing after any of them. */
abstract class InBrowser {

    static Browser browser;

    @TempDir
    static Path profile;

    @BeforeAll
    static void startBrowser() throws IOException {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void pageReportedNothing() {
        assertThat(browser.complaints())
                .as("what the browser reported, such as violations of the policy")
                .isEmpty();
    }

    /** Waits until the audit trail has a row that these parameters of the query find. */
    static void awaitRow(Web web, String query) {
        Eventually.within(
                Duration.ofSeconds(10),
                "a row with " + query,
                () -> !web.get("/api/v1/audit?" + query, web.platform().key("auditor"))
                        .json()
                        .getJsonArray("rows")
                        .isEmpty());
    }
}
