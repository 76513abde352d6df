package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import java.util.UUID;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console in light and dark colours, on a narrow screen, and without a mouse. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class ConsoleAccessibilityIT extends InBrowser {

    private static final int NARROW = 390;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private static BrowserDevice device;

    private ConsolePage console;

    @BeforeAll
    static void emulateDevice() {
        device = new BrowserDevice(browser);
    }

    @BeforeEach
    void openConsole() {
        console = new ConsolePage(browser, platform);
        console.open();
    }

    @AfterEach
    void resetDevice() {
        device.reset();
    }

    @ParameterizedTest
    @CsvSource({"light, 1400", "dark, 1400", "light, " + NARROW, "dark, " + NARROW})
    void pagesMeetTheRulesOfAxeAndFitTheScreen(String colours, int width) {
        String axe = Axe.source();
        device.prefer(colours);
        device.screen(width, 844);
        assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches + ' ' + innerWidth"))
                .isEqualTo(colours.equals("dark") + " " + width);
        check(axe, "sign in");
        console.signInAs("admin");
        console.go("overview", "Refusals");
        check(axe, "overview");
        console.goLive("");
        web.get("/api/v1/keys", platform.key("stray"));
        browser.await("document.querySelector('tbody tr')");
        check(axe, "live");
        console.go("audit?time=1h", "Page 1");
        check(axe, "audit");
        browser.press("tbody button.link");
        browser.awaitText("Row ");
        check(axe, "row of audit");
        console.go("tools?tool=sql_query", "What it does");
        browser.type("input[name=connection]", "warehouse");
        browser.type("textarea[name=sql]", "SELECT * FROM orders LIMIT 3");
        browser.press("form[aria-label='Arguments of sql_query'] button[type=submit]");
        browser.awaitText("Rows of the result");
        check(axe, "tools");
        console.go("personas", "Data Analyst");
        check(axe, "personas");
        console.go("configuration", "In force");
        check(axe, "configuration");
        try (McpConversation open = McpConversation.begin(web, platform.key("viewer"))) {
            assertThat(open.stream().isOpen()).isTrue();
            console.go("sessions", "viewer-service");
            check(axe, "sessions");
        }
        console.go("account", "Permissions");
        check(axe, "account");
        console.go("keys", "viewer-service");
        check(axe, "keys");
        browser.press(".page > .bar button");
        browser.await("document.querySelector('dialog[open]')");
        check(axe, "new key");
    }

    private static void check(String axe, String page) {
        Axe.check(browser, axe, page);
        assertThat(browser.evaluate("[...document.querySelectorAll('body, body *')]"
                        + ".filter(one => document.documentElement.scrollWidth > innerWidth"
                        + " && one.getBoundingClientRect().right > innerWidth)"
                        + ".map(one => one.outerHTML.slice(0, 120)).join('\\n')"))
                .as("what is wider than the screen: " + page)
                .isEmpty();
        assertThat(Integer.parseInt(browser.evaluate("document.documentElement.scrollWidth - innerWidth")))
                .as("pixels that the page is wider than the screen: " + page)
                .isLessThanOrEqualTo(0);
    }

    @Test
    void keyIsMadeByTheKeyboardAlone() {
        signInByKeyboard();
        device.tabBackTo("#nav a[href='#/keys']");
        device.press("Enter");
        browser.awaitText("viewer-service");
        browser.await("!document.querySelector('[aria-busy]')");

        device.tabTo(".page > .bar button");
        device.press("Enter");
        browser.await("document.querySelector('dialog[open]')?.contains(document.activeElement)");
        device.press("Escape");
        browser.await("!document.querySelector('dialog')");
        assertThat(device.hasFocus(".page > .bar button"))
                .as("the focus is where the dialog was opened")
                .isTrue();

        String name = "keyboard-" + UUID.randomUUID().toString().substring(0, 8);
        device.press("Enter");
        browser.await("document.querySelector('dialog[open]')");
        device.tabTo("dialog input[name=name]");
        device.write(name);
        device.tabTo("dialog input[name=roles]");
        device.write("viewer");
        device.press("Enter");
        browser.awaitText("Copy this key now.");
        device.tabTo("dialog .ends button");
        device.press("Enter");
        browser.awaitText(name);
        browser.await("document.activeElement.matches('h1')");
    }

    @Test
    void rowIsOpenedAndClosedByTheKeyboardAlone() {
        web.get("/api/v1/keys", platform.key("stray"));
        signInByKeyboard();
        device.tabBackTo("#nav a[href='#/audit']");
        device.press("Enter");
        browser.awaitText("Page 1");

        device.tabTo("tbody button.link");
        String row = browser.evaluate("document.activeElement.title");
        device.press("Enter");
        browser.await("document.querySelector('.panel')?.contains(document.activeElement)");
        browser.awaitText(row);
        device.press("Escape");
        browser.await("document.querySelector('.panel').hidden");
        assertThat(browser.evaluate("document.activeElement.title")).isEqualTo(row);
    }

    @Test
    void keyboardSkipsTheNavigation() {
        signInByKeyboard();
        device.tabBackTo("#skip");
        device.press("Enter");
        assertThat(device.hasFocus("main")).isTrue();
    }

    private void signInByKeyboard() {
        browser.await("document.activeElement.matches('input[name=credential]')");
        device.write(platform.key("admin"));
        device.press("Enter");
        browser.await("document.querySelector('#sign-out')");
        browser.await("!document.querySelector('[aria-busy]')");
    }
}
