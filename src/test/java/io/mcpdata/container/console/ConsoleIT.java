package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.McpConversation;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import io.mcpdata.testing.OnWildFly;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person sees in the console. After each test the page must have reported nothing wrong. */
@ArquillianTest
@OnOneServer
@OnWildFly
final class ConsoleIT extends InBrowser {

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

    private Answer created(String name, String role) {
        return web.post(
                "/api/v1/keys", platform.key("admin"), "{\"name\": \"" + name + "\", \"roles\": [\"" + role + "\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "admin | Overview, Live, Audit, Tools, Personas, Keys, Sessions, Configuration, You",
                "auditor | Overview, Audit, You",
                "viewer | Tools, You",
                "stray | You",
            })
    void navigationOffersWhatThePermissionsAllow(String name, String pages) {
        console.signInAs(name);

        assertThat(console.pagesOffered()).isEqualTo(pages);
        for (String page :
                List.of("overview", "live", "audit", "tools", "personas", "keys", "sessions", "configuration")) {
            if (!pages.toLowerCase(Locale.ROOT).contains(page)) {
                console.go(page, "This page needs the permission ");
            }
        }
    }

    @Test
    void callerWithoutPersonaReadsWhy() {
        console.signInAs("stray");

        browser.awaitText("You have no persona");
        assertThat(browser.text()).contains("No persona lists any of your roles.", "stray-service", "unlisted-role");
    }

    @Test
    void callerReadsNamePersonaPermissionsAndExpiry() {
        console.signInAs("auditor");
        console.go("account", "Permissions");

        assertThat(browser.text())
                .contains("auditor-service", "auditor", "audit:read", "API key", "never")
                .contains(KeyDigest.of(platform.key("auditor")).id());
    }

    @ParameterizedTest
    @CsvSource({"expired", "early", "elsewhere"})
    void keyThatIsNotAcceptedSaysSo(String name) {
        console.signIn(platform.key(name));

        browser.awaitText("Request id");
        assertThat(browser.text()).contains(ConsolePage.SIGN_IN, "Unauthorized");
    }

    @Test
    void wrongKeySaysSo() {
        console.signIn("a-key-of-no-entry-in-the-file");
        browser.awaitText("The credential presented is not valid here.");
        assertThat(browser.text()).contains("Unauthorized", "Request id");

        console.signIn("two words");
        browser.awaitText("A key or a token has no spaces");
    }

    @Test
    void keyIsInTheMemoryOfThePageOnly() {
        console.signInAs("admin");
        for (String page : List.of("overview", "audit", "keys")) {
            console.go(page, page.substring(1));
        }

        assertThat(browser.evaluate("document.documentElement.outerHTML + location.href + document.cookie"
                                + " + performance.getEntries().map(one => one.name).join(' ')")
                        .contains(platform.key("admin")))
                .as("the page or an address shows the key")
                .isFalse();
        assertThat(browser.evaluate("(async () => localStorage.length + sessionStorage.length + document.cookie.length"
                        + " + (await indexedDB.databases()).length + (await caches.keys()).length)()"))
                .isEqualTo("0");
        browser.reload();
        browser.awaitText(ConsolePage.SIGN_IN);
        assertThat(console.pagesOffered()).isEmpty();
    }

    @Test
    void signOutForgetsTheKey() {
        console.signInAs("admin");
        browser.press("#sign-out");
        browser.awaitText(ConsolePage.SIGN_IN);

        browser.evaluate("location.hash = '#/keys'");
        browser.awaitText(ConsolePage.SIGN_IN);
        assertThat(browser.text()).doesNotContain("admin-service", "You were signed out");
    }

    @Test
    void expiredKeySignsOutWithTheReason() {
        Instant end = Instant.now().plusSeconds(5);
        Answer made = web.post(
                "/api/v1/keys",
                platform.key("admin"),
                "{\"name\": \"ending-" + UUID.randomUUID().toString().substring(0, 8)
                        + "\", \"roles\": [\"auditor\"], \"expires_at\": \"" + end + "\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        console.signIn(made.json().getString("key"));
        browser.awaitText("Refusals");

        Eventually.within(
                Duration.ofSeconds(20), "the key has ended", () -> Instant.now().isAfter(end));
        browser.evaluate("location.hash = '#/audit'");

        browser.awaitText("You were signed out.");
        assertThat(browser.text()).contains("Request id", ConsolePage.SIGN_IN);
        assertThat(console.pagesOffered()).isEmpty();
    }

    @Test
    void markupInAnAuditRowStaysText() {
        String word = "w" + UUID.randomUUID().toString().substring(0, 8);
        String markup = "<img src=x onerror=\"document.title=1\">";
        try (McpConversation analyst = McpConversation.begin(web, platform.key("analyst"))) {
            analyst.request(
                    "tools/call",
                    Json.createObjectBuilder()
                            .add("name", markup + word)
                            .add("arguments", JsonValue.EMPTY_JSON_OBJECT)
                            .build());
            analyst.query("SELECT '" + markup + "' AS " + word + " FROM orders WHERE 1 = 0");
        }
        awaitRow(web, "text=" + word);
        console.signInAs("auditor");

        console.go("audit?type=TOOL_CALL&text=" + word, "analyst-service");
        browser.press("tbody button.link");
        browser.awaitText("Parameters");
        browser.awaitText(markup);
        console.go(
                "audit?type=TOOL_CALL&outcome=denied&tool="
                        + Json.createValue(markup + word)
                                .getString()
                                .replace("\"", "%22")
                                .replace(" ", "%20")
                                .replace("=", "%3D"),
                "tool_unknown");
        assertThat(browser.text()).contains(markup + word);
        assertThat(browser.evaluate("document.querySelectorAll('main img').length + document.title"))
                .isEqualTo("0Audit - Console");
    }

    @Test
    void auditRowsAreReadInPagesAndExported() throws IOException {
        for (int i = 0; i < 120; i++) {
            web.get("/api/v1/audit/" + i, platform.key("auditor"));
        }
        awaitRow(web, "text=119");
        Path downloads = Files.createDirectory(profile.resolve("downloads"));
        browser.downloadTo(downloads);
        console.signInAs("auditor");
        console.go("audit?type=AUDIT_READ&category=audit_row_shown", "Page 1, 100 rows");
        String first = browser.evaluate("document.querySelector('tbody').innerText");

        browser.press(".pager button:nth-of-type(2)");
        browser.awaitText("Page 2");
        assertThat(browser.evaluate("document.querySelector('tbody').innerText"))
                .isNotEqualTo(first);
        browser.press(".pager button:nth-of-type(1)");
        browser.awaitText("Page 1, 100 rows");
        assertThat(browser.evaluate("document.querySelector('tbody').innerText"))
                .isEqualTo(first);

        browser.press("button[aria-label='Export these rows as CSV']");
        browser.awaitText("The file was handed to the browser.");
        Path file = downloads.resolve("audit.csv");
        Eventually.within(Duration.ofSeconds(10), "the file is saved", () -> Files.exists(file));
        assertThat(Files.readAllLines(file))
                .hasSizeGreaterThan(120)
                .allSatisfy(line -> assertThat(line).containsAnyOf("occurred_at", "AUDIT_READ"));
    }

    /** As behind a balancer that does not know the names of the servers. */
    @Test
    void liveRowsAppearWhereTicketsAreRefused() {
        console.signInAs("admin");
        browser.evaluate(
                "window.EventSource = class extends EventSource { constructor(url) { const other = new URL(url);"
                        + " other.searchParams.set('ticket', 'of-another-server'); super(other); window.tried = true; } }; 0");
        console.goLive("?outcome=denied");

        web.get("/api/v1/keys", platform.key("stray"));
        browser.awaitText("stray-service");
        assertThat(browser.evaluate("window.tried")).isEqualTo("true");
    }

    private void call(String sql) {
        browser.type("textarea[name=sql]", sql);
        browser.press("form[aria-label='Arguments of sql_query'] button[type=submit]");
    }

    @Test
    void toolIsCalledAsTheCallerAndItsRowIsFound() {
        String word = "w" + UUID.randomUUID().toString().substring(0, 8);
        console.signInAs("admin");
        console.go("tools?tool=sql_query", "What it does");
        browser.type("input[name=connection]", "warehouse");
        call("SELECT '<b>" + word + "</b>' AS first, COUNT(*) AS n FROM orders");
        browser.awaitText("1 row");
        assertThat(browser.evaluate("document.querySelector('tbody').innerText"))
                .contains("<b>" + word + "</b>");
        assertThat(browser.text()).contains("success", "Trace id");

        browser.type("textarea[name=parameters]", "[1, ");
        call("SELECT ? AS n");
        browser.awaitText("parameters is not valid JSON");
        browser.type("textarea[name=parameters]", "[\"" + word + "\", null]");
        browser.type("input[name=max_rows]", "1");
        call("SELECT ? AS a, ? AS b UNION ALL SELECT 'c', 'd'");
        browser.awaitText("the result was cut");
        assertThat(browser.evaluate("document.querySelector('tbody').innerText"))
                .contains(word, "NULL");

        browser.type("textarea[name=parameters]", "");
        call("DROP TABLE orders");
        browser.await("document.querySelector('.answer .note.bad')");
        assertThat(browser.text()).contains("error", "Trace id");
        browser.await("document.querySelector('.answer a')");
        browser.press(".answer a");
        browser.awaitText("Page 1, 1 rows");
        assertThat(browser.text()).contains("statement_refused", "sql_query");
    }

    @Test
    void toolsAreThoseOfTheCaller() {
        console.signInAs("viewer");
        console.go("tools?tool=sql_query", "A call runs as you");
        assertThat(browser.evaluate("[...document.querySelectorAll('select[name=tool] option')].map(one => one.value)"
                        + ".join(' ')"))
                .contains("list_connections")
                .doesNotContain("sql_query");
        browser.press("main button[type=submit]");
        browser.awaitText("Structured content");
        assertThat(browser.text()).doesNotContain("Its audit row");
    }

    @Test
    void questionAboutAccessIsAnsweredWithTheRule() {
        console.signInAs("admin");
        console.go("personas", "Data Analyst");
        browser.type("select[name=kind]", "roles");
        browser.type("input[name=roles]", "viewer");
        browser.type("input[name=tool]", "sql_query");
        browser.type("input[name=table]", "archive/PUBLIC.ORDERS");
        browser.press("form[aria-label='Ask for access'] button");

        browser.awaitText("tools.deny[sql_query]");
        browser.awaitText("archive/PUBLIC.ORDERS: decided by connections: no allow matches");
        assertThat(browser.text()).contains("not allowed", "Persona viewer lists viewer");

        browser.type("select[name=kind]", "key");
        browser.type("input[name=key_id]", "000000000000");
        browser.press("form[aria-label='Ask for access'] button");
        browser.awaitText("No key has this key id");
        assertThat(browser.text()).contains("Request id");
    }

    @Test
    void keyIsMadeRotatedAndRevoked() {
        String name = "console-" + UUID.randomUUID().toString().substring(0, 8);
        console.signInAs("admin");
        console.go("keys", "viewer-service");
        browser.press(".page > .bar button");
        browser.await("document.querySelector('dialog[open]')");
        browser.type("dialog input[name=name]", name);
        browser.type("dialog input[name=roles]", "viewer");
        browser.press("dialog button[type=submit]");
        browser.awaitText("Copy this key now.");
        String key = browser.evaluate("document.querySelector('.secret input').value");
        assertThat(web.get("/api/v1/whoami", key).json().getString("name")).isEqualTo(name);
        browser.press("dialog .ends button");
        browser.await("!document.querySelector('dialog')");
        browser.awaitText(name);
        assertThat(browser.evaluate("document.documentElement.outerHTML").contains(key))
                .as("the key is shown again")
                .isFalse();

        String id = KeyDigest.of(key).id();
        browser.press("button[aria-label='Rotate " + name + ", " + id + "']");
        browser.type("dialog select", "1h");
        browser.press("dialog button[type=submit]");
        browser.awaitText("Copy this key now.");
        String next = browser.evaluate("document.querySelector('.secret input').value");
        assertThat(web.get("/api/v1/whoami", next).status()).isEqualTo(200);
        assertThat(web.get("/api/v1/whoami", key).json().containsKey("expires_at"))
                .isTrue();
        browser.press("dialog .ends button");
        browser.awaitText("replaced by");

        browser.press("button[aria-label='Revoke " + name + ", " + id + "']");
        browser.type("dialog input", "000000000000");
        browser.press("dialog button[type=submit]");
        assertThat(web.get("/api/v1/whoami", key).status()).isEqualTo(200);
        browser.type("dialog input", id);
        browser.press("dialog button[type=submit]");
        browser.await("!document.querySelector('dialog')");
        assertThat(web.get("/api/v1/whoami", key).status()).isEqualTo(401);
    }

    @Test
    void faultOfAnInputIsShownWithItsRequestId() {
        console.signInAs("admin");
        console.go("keys", "viewer-service");
        browser.press(".page > .bar button");
        browser.await("document.querySelector('dialog[open]')");
        browser.type("dialog input[name=name]", "console-fault");
        browser.type("dialog input[name=roles]", "viewer");
        browser.type("dialog input[name=networks]", "no network");
        browser.press("dialog button[type=submit]");

        // the page behind the dialog lists keys, which other tests limited to networks
        browser.await("document.querySelector('dialog [role=alert]')");
        assertThat(browser.evaluate("document.querySelector('dialog [role=alert]').innerText"))
                .contains("10.0.0.0/8", "Bad Request", "Request id");
    }

    @Test
    void configurationShowsItsStateAndNoSecret() {
        console.signInAs("admin");
        console.go("configuration", "In force");

        assertThat(browser.text()).contains("The newest version of platform.yaml is in force.", "connections");
        String page = browser.evaluate("document.documentElement.outerHTML");
        for (String secret : platform.keys().secrets()) {
            assertThat(page.contains(secret)).as("the page shows a secret").isFalse();
        }
    }

    @Test
    void fileIsReadWhenTheButtonIsPressed() {
        console.signInAs("admin");
        console.go("configuration", "In force since");
        String read = browser.evaluate("document.querySelectorAll('.facts time')[1].title");

        browser.press(".page > .bar button");

        browser.await("document.querySelectorAll('.facts time')[1].title !== " + Browser.quoted(read));
        assertThat(browser.text()).contains("The newest version of platform.yaml is in force.");
    }

    @Test
    void sessionIsEndedAndOthersStay() {
        console.signInAs("admin");
        try (McpConversation ended = McpConversation.begin(web, platform.key("viewer"));
                McpConversation other = McpConversation.begin(web, platform.key("analyst"))) {
            console.go("sessions?kind=sse", "viewer-service");
            browser.press("button[aria-label^='End the stream of /sse of viewer-service']");
            browser.awaitText("revoke its key");
            assertThat(ended.stream().isOpen()).isTrue();
            browser.press("dialog button[type=submit]");

            assertThat(ended.stream().endsWithin(Duration.ofSeconds(10))).isTrue();
            browser.await("!document.querySelector('dialog')");
            browser.awaitText("analyst-service");
            assertThat(other.stream().isOpen()).isTrue();
        }
    }
}
