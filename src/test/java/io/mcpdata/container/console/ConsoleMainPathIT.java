package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.OnOneServer;
import jakarta.json.JsonObject;
import java.util.UUID;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the console depends on the server, or matters most: on each server, in a real browser. */
@ArquillianTest
final class ConsoleMainPathIT extends InBrowser {

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    private ConsolePage console;

    @BeforeEach
    void openConsole() {
        console = new ConsolePage(browser, platform);
        console.open();
    }

    @Test
    void eachPageOpensAndShowsItsContent() {
        console.signInAs("admin");
        web.get("/api/v1/keys", platform.key("stray"));

        console.go("overview?time=1h", "Refusals");
        browser.await("document.querySelectorAll('figure canvas').length === 3");
        console.goLive("");
        console.go("audit?time=1h", "Page 1");
        browser.press("tbody button.link");
        browser.awaitText("Row ");
        console.go("tools?tool=list_connections", "What it does");
        browser.press("main form[aria-label='Arguments of list_connections'] button[type=submit]");
        browser.awaitText("Structured content");
        browser.awaitText("warehouse");
        console.go("personas", "Data Analyst");
        console.go("keys", "viewer-service");
        try (McpConversation open = McpConversation.begin(web, platform.key("viewer"))) {
            assertThat(open.stream().isOpen()).isTrue();
            console.go("sessions?kind=sse", "viewer-service");
        }
        console.go("configuration", "The newest version of platform.yaml is in force.");
        console.go("account", "Permissions");
        assertThat(browser.text()).contains("admin-service", "platform:admin", "API key");
    }

    @Test
    void revokedKeySignsOutWithTheReason() {
        JsonObject made = created("leaving");
        console.signIn(made.getString("key"));
        browser.awaitText("Refusals");

        web.send(web.to("/api/v1/keys/" + made.getString("key_id"), platform.key("admin"))
                .DELETE());
        browser.evaluate("location.hash = '#/audit'");

        browser.awaitText("You were signed out.");
        assertThat(browser.text())
                .contains("The credential presented is not valid here.", "Request id", ConsolePage.SIGN_IN);
        assertThat(console.pagesOffered()).isEmpty();
    }

    @Test
    void liveRowsAppearAndWaitWhileThePageIsPaused() {
        console.signInAs("admin");
        console.goLive("?outcome=denied");

        web.get("/api/v1/keys", platform.key("stray"));
        browser.awaitText("stray-service");
        assertThat(browser.evaluate("document.querySelector('tbody tr').innerText"))
                .contains("access denied", "denied");

        browser.press("button[aria-pressed]");
        browser.awaitText("Resume");
        web.get("/api/v1/keys", platform.key("viewer"));
        browser.await("/[1-9][0-9]* new rows wait/.test(document.body.innerText)");
        assertThat(browser.evaluate("document.querySelector('tbody').innerText"))
                .doesNotContain("viewer-service");
        browser.press("button[aria-pressed]");
        browser.awaitText("viewer-service");
    }

    @Test
    void streamThatTheServerEndedIsOpenedAgainAndMissesNoRow() {
        console.signInAs("admin");
        recordStreams();
        console.goLive("?outcome=denied");
        recordStates();
        String before = refused("before");
        browser.awaitText(before);

        endLiveStreams();
        String meanwhile = refused("meanwhile");

        browser.await("window.states.includes('reconnecting')");
        console.awaitState("live");
        browser.awaitText(meanwhile);
        String after = refused("after");
        browser.awaitText(after);
        assertEachIsShownOnce(before, meanwhile, after);
        assertThat(browser.evaluate(
                        "streams.length + ' streams, ' + streams.filter(one => one.opened).length + ' opened, '"
                                + " + new Set(streams.map(one => one.asked.get('ticket'))).size + ' tickets'"))
                .isEqualTo("2 streams, 2 opened, 2 tickets");
        assertThat(browser.evaluate("streams[1].asked.get('last_event_id')")).matches("[0-9]+");
    }

    @OnOneServer
    @Test
    void serverThatIsNotReachedIsToldAndTheRowsOfThatTimeAreShown() {
        BrowserDevice device = new BrowserDevice(browser);
        console.signInAs("admin");
        console.goLive("?outcome=denied");
        String before = refused("before");
        browser.awaitText(before);
        String meanwhile;
        device.connected(false);
        try {
            endLiveStreams();
            meanwhile = refused("meanwhile");
            browser.awaitText("The server cannot be reached.");
            console.awaitState("reconnecting");
            assertThat(browser.text()).doesNotContain(meanwhile);
        } finally {
            device.connected(true);
        }

        browser.awaitText(meanwhile);
        console.awaitState("live");
        assertThat(browser.text()).doesNotContain("The server cannot be reached.");
        assertEachIsShownOnce(before, meanwhile);
    }

    private void endLiveStreams() {
        var open = web.get("/api/v1/sessions?kind=events", platform.key("admin"))
                .json()
                .getJsonArray("sessions");
        assertThat(open).isNotEmpty();
        for (JsonObject stream : open.getValuesAs(JsonObject.class)) {
            web.send(web.to("/api/v1/sessions/" + stream.getString("id"), platform.key("admin"))
                    .DELETE());
        }
    }

    /** Keeps what the page asks its streams for, and which were opened. */
    private static void recordStreams() {
        browser.evaluate("{ window.streams = []; window.EventSource = class extends EventSource { constructor(url) {"
                + " super(url); const one = {asked: new URL(url).searchParams}; streams.push(one);"
                + " this.addEventListener('open', () => { one.opened = true; }); } }; }");
    }

    private static void recordStates() {
        browser.evaluate("{ const state = document.querySelector('.bar [role=status]'); window.states = [];"
                + " new MutationObserver(() => window.states.push(state.textContent)).observe(state,"
                + " {childList: true, subtree: true, characterData: true}); }");
    }

    private static void assertEachIsShownOnce(String... callers) {
        String rows = browser.evaluate("document.querySelector('main tbody').innerText");
        for (String caller : callers) {
            assertThat(rows).containsOnlyOnce(caller);
        }
    }

    /** The name of a caller who was refused once. */
    private String refused(String word) {
        JsonObject made = created(word);
        assertThat(web.get("/api/v1/keys", made.getString("key")).status()).isEqualTo(403);
        return made.getString("name");
    }

    /** A new key of an auditor. */
    private JsonObject created(String word) {
        String name = word + "-" + UUID.randomUUID().toString().substring(0, 8);
        Answer made = web.post(
                "/api/v1/keys", platform.key("admin"), "{\"name\": \"" + name + "\", \"roles\": [\"auditor\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }
}
