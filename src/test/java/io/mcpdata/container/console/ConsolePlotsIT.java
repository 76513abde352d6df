package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plots of the overview. After each test the page must have reported nothing wrong. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class ConsolePlotsIT extends InBrowser {

    private static final int CALLS = 0;
    private static final int REFUSALS = 1;
    private static final int TIMES = 2;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private static BrowserDevice device;

    @BeforeAll
    static void emulateDevice() {
        device = new BrowserDevice(browser);
    }

    @BeforeEach
    void openOverviewAfterACallAndARefusal() {
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            analyst.query("SELECT COUNT(*) FROM orders");
        }
        web.get("/api/v1/keys", platform.key("viewer"));
        awaitRow(web, "type=tool_call&outcome=success&since=10m");
        awaitRow(web, "outcome=denied&since=10m");
        device.screen(1400, 900);
        device.prefer("light");
        ConsolePage console = new ConsolePage(browser, platform);
        console.open();
        console.signInAs("auditor");
        openOverview();
    }

    private static void openOverview() {
        browser.goTo("#/overview?time=1h&by=tool");
        browser.awaitText("sql_query");
        browser.await("document.querySelectorAll('figure canvas').length === 3");
    }

    /** The colour that the style sheet has under this name now, as {@code #rrggbb}. */
    private static String colour(String name) {
        return browser.evaluate("getComputedStyle(document.documentElement).getPropertyValue("
                + Browser.quoted("--" + name) + ").trim()");
    }

    /** A script's expression: how many pixels of a plot have a colour. */
    private static String painted(int plot, String colour) {
        int rgb = Integer.decode(colour);
        return """
                (canvas => {
                  const copy = new OffscreenCanvas(canvas.width, canvas.height)
                    .getContext("2d", {willReadFrequently: true});
                  copy.drawImage(canvas, 0, 0);
                  const data = copy.getImageData(0, 0, canvas.width, canvas.height).data;
                  let count = 0;
                  for (let i = 0; i < data.length; i += 4) {
                    count += (data[i] << 16 | data[i + 1] << 8 | data[i + 2]) === %d && data[i + 3] === 255 ? 1 : 0;
                  }
                  return count;
                })(document.querySelectorAll("figure canvas")[%d])""".formatted(rgb, plot);
    }

    @Test
    void callsRefusalsAndTimesAreDrawnInTheColoursOfTheScheme() {
        String light = colour("plot-a");
        browser.await(painted(CALLS, light) + " > 0");
        browser.await(painted(REFUSALS, colour("plot-c")) + " > 0");
        browser.await(painted(TIMES, light) + " > 0");

        device.prefer("dark");
        String dark = colour("plot-a");
        assertThat(dark).isNotEqualTo(light);
        browser.await(painted(CALLS, dark) + " > 0");
        browser.await(painted(CALLS, light) + " === 0");
        browser.await(painted(REFUSALS, colour("plot-c")) + " > 0");
        browser.await(painted(TIMES, dark) + " > 0");
    }

    @Test
    void plotsFitTheWindow() {
        browser.await("document.querySelector('figure canvas').clientWidth > 400");

        device.screen(360, 800);

        browser.await("[...document.querySelectorAll('figure canvas')].every(one => one.clientWidth < 330)");
        browser.await(painted(CALLS, colour("plot-a")) + " > 0");
        assertThat(browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo("0");
    }

    @Test
    void plotOfAPageThatIsLeftIsForgotten() {
        browser.goTo("#/audit");
        browser.awaitText("Export all rows");
        device.prefer("dark");
        device.screen(900, 900);
        openOverview();

        browser.await(painted(CALLS, colour("plot-a")) + " > 0");
    }

    /** The column of the last minute is at the right end. */
    @Test
    void pointerReadsTheSameMinuteInAllPlots() {
        String[] place = browser.evaluate("(box => Math.round(box.right - 2) + ' ' + Math.round(box.top + 20))"
                        + "(document.querySelector('figure .u-over').getBoundingClientRect())")
                .split(" ");
        device.point(Integer.parseInt(place[0]), Integer.parseInt(place[1]));
        browser.await("document.querySelector('.readout').textContent.trim()");

        String[] read = browser.evaluate(
                        "[...document.querySelectorAll('.readout')].map(one => one.textContent).join('|')")
                .split("\\|");
        String minute = read[CALLS].substring(0, 16);
        assertThat(read[CALLS]).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d: [0-9,.]+");
        assertThat(read[REFUSALS]).startsWith(minute + ": refusals ").contains(", failed ");
        assertThat(read[TIMES]).startsWith(minute + ": p95 ").contains(", p50 ");

        device.point(5, 5);
        browser.await("[...document.querySelectorAll('.readout')].every(one => !one.textContent.trim())");
    }

    @Test
    void plotHasANameAndItsFiguresAsATable() {
        assertThat(browser.evaluate(
                        "[...document.querySelectorAll('figure [role=img]')].map(one => one.ariaLabel).join('|')"))
                .isEqualTo("Calls per minute, as a plot. The table below has the figures.|"
                        + "Refusals and failed calls per minute, as a plot. The table below has the figures.|"
                        + "Time taken by calls, as a plot. The table below has the figures.");

        browser.press("figure summary");

        browser.await("document.querySelectorAll('figure tbody tr').length > 0");
        assertThat(browser.evaluate("document.querySelector('figure tbody tr').innerText"))
                .matches("(?s)\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\\s+[0-9,.]+\\s*");
    }
}
