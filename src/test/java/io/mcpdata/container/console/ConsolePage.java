package io.mcpdata.container.console;

import io.mcpdata.container.server.Platform;

/** The console of a platform in a browser, as a person uses it. Used by one thread. */
final class ConsolePage {

    static final String SIGN_IN = "Use an API key of this server";

    private final Browser browser;
    private final Platform platform;

    ConsolePage(Browser browser, Platform platform) {
        this.browser = browser;
        this.platform = platform;
    }

    /** Opens the page for the sign-in, and forgets what the page before it reported. */
    void open() {
        // an address that differs only after its # would keep the page, and the key in it
        browser.open("about:blank");
        browser.forgetComplaints();
        browser.open(platform.server().baseUrl() + "/console/");
        browser.awaitText(SIGN_IN);
    }

    void signIn(String credential) {
        browser.type("input[name=credential]", credential);
        browser.press("button[type=submit]");
    }

    /** Signs in with the key of this name, and waits until the server has accepted it. */
    void signInAs(String name) {
        signIn(platform.key(name));
        browser.await("document.querySelector('#sign-out')");
    }

    /** Opens a page and waits until it is complete and shows this text. */
    void go(String page, String text) {
        browser.goTo("#/" + page);
        browser.awaitText(text);
        browser.await("!document.querySelector('[aria-busy]')");
    }

    /** Opens the live rows and waits until their stream is open. */
    void goLive(String filter) {
        go("live" + filter, "Pause");
        awaitState("live");
    }

    void awaitState(String state) {
        browser.await("document.querySelector('[role=status] .badge')?.textContent === " + Browser.quoted(state));
    }

    String pagesOffered() {
        return browser.evaluate("[...document.querySelectorAll('#nav a')].map(one => one.textContent).join(', ')");
    }
}
