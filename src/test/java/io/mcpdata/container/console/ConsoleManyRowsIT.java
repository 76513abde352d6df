package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The console over ten thousand rows: while they are written, and afterwards. */
@ArquillianTest
final class ConsoleManyRowsIT extends InBrowser {

    private static final int ROWS = 10_000;
    private static final int WRITERS = 8;
    private static final int MOST_ELEMENTS = 5_000;
    private static final Duration FREEZE = Duration.ofSeconds(10);
    private static final Duration PAGE = Duration.ofSeconds(20);
    private static final Duration SEARCH = Duration.ofSeconds(20);
    private static final Duration STORED = Duration.ofSeconds(30);

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @Test
    void pagesStayUsableWithTenThousandRows() {
        ConsolePage console = new ConsolePage(browser, platform);
        console.open();
        console.signInAs("admin");
        console.goLive("");
        // how long the page handles nothing else, and how large it becomes
        browser.evaluate("{ let last = performance.now(); window.frozen = 0; window.largest = 0; setInterval(() => {"
                + " const now = performance.now(); window.frozen = Math.max(window.frozen, now - last); last = now;"
                + " window.largest = Math.max(window.largest, document.querySelectorAll('*').length); }, 50); }");
        String word = "w" + UUID.randomUUID().toString().substring(0, 8);

        write(word);
        Eventually.within(
                STORED,
                "the last row is stored",
                () -> web.get("/api/v1/audit?since=1h&limit=1&text=" + word + "-last", platform.key("auditor"))
                        .body()
                        .contains("\"id\""));

        browser.awaitText("200 rows, at most 200.");
        assertThat(rowsShown()).isEqualTo(200);
        checkPage();

        within(PAGE, () -> open("audit?type=TOOL_CALL&caller=analyst-service", "Page 1, 100 rows"));
        for (int page = 2; page <= 12; page++) {
            String next = "Page " + page + ", 100 rows";
            within(PAGE, () -> {
                browser.press(".pager button:nth-of-type(2)");
                browser.awaitText(next);
            });
            assertThat(rowsShown()).isEqualTo(100);
        }
        within(PAGE, () -> {
            browser.press(".pager button:nth-of-type(1)");
            browser.awaitText("Page 11, 100 rows");
        });
        // the oldest of them all
        within(SEARCH, () -> open("audit?text=" + word + "-first", "Page 1, 1 rows"));
        browser.press("tbody button.link");
        browser.awaitText("Parameters");
        within(SEARCH, () -> open("audit?text=" + word + "-none", "No row meets this filter."));
        within(SEARCH, () -> open("overview?time=1h&by=tool", "platform_info"));
        checkPage();
        assertThat(browser.complaints()).isEmpty();
    }

    private static void open(String page, String text) {
        browser.goTo("#/" + page);
        browser.awaitText(text);
        browser.await("!document.querySelector('[aria-busy]')");
    }

    private static int rowsShown() {
        return Integer.parseInt(browser.evaluate("document.querySelectorAll('main tbody tr').length"));
    }

    private static void checkPage() {
        assertThat(Double.parseDouble(browser.evaluate("window.frozen")))
                .as("longest time without an answer of the page, in milliseconds")
                .isLessThan(FREEZE.toMillis());
        assertThat(Integer.parseInt(browser.evaluate("window.largest")))
                .as("elements of the page")
                .isLessThan(MOST_ELEMENTS);
    }

    private static void within(Duration bound, Runnable step) {
        long begin = System.nanoTime();
        step.run();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(bound);
    }

    /** Without the checks of {@link Web}, which would take longer than the calls. */
    private void write(String word) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        query(client, word + "-first");
        AtomicInteger left = new AtomicInteger(ROWS - 2);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Thread writer = new Thread(
                    () -> {
                        while (failure.get() == null && left.getAndDecrement() > 0) {
                            call(client, "platform_info", "{}");
                        }
                    },
                    "writer");
            writer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            writer.start();
            writers.add(writer);
        }
        writers.forEach(ConsoleManyRowsIT::join);
        assertThat(failure.get()).isNull();
        query(client, word + "-last");
    }

    private void query(HttpClient client, String word) {
        call(
                client,
                "sql_query",
                "{\"connection\":\"warehouse\",\"sql\":\"SELECT COUNT(*) FROM orders WHERE status = '" + word + "'\"}");
    }

    private void call(HttpClient client, String tool, String arguments) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(platform.server().baseUrl() + "/mcp"))
                .header("Authorization", "Bearer " + platform.key("analyst"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("MCP-Protocol-Version", "2026-07-28")
                .header("Mcp-Method", "tools/call")
                .header("Mcp-Name", tool)
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{"
                        + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                        + "\"io.modelcontextprotocol/clientCapabilities\":{}},"
                        + "\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}}"))
                .build();
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"result\"").doesNotContain("\"isError\":true");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
