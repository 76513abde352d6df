package io.mcpdata.container.console;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Objects;

/** What a browser runs on: its screen, the colours that its person prefers, its keyboard, its pointer and its network. */
final class BrowserDevice {

    /** The code of each key that the tests press. */
    private static final Map<String, Integer> CODES = Map.of("Tab", 9, "Enter", 13, "Escape", 27);

    private static final int SHIFT = 8;
    private static final int MOST_TABS = 60;

    private final Browser browser;

    BrowserDevice(Browser browser) {
        this.browser = browser;
        browser.command(
                "Emulation.setFocusEmulationEnabled",
                Json.createObjectBuilder().add("enabled", true).build());
    }

    /** A screen of this width and height, in pixels of CSS. */
    void screen(int width, int height) {
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Json.createObjectBuilder()
                        .add("width", width)
                        .add("height", height)
                        .add("deviceScaleFactor", 1)
                        .add("mobile", false)
                        .build());
    }

    /** {@code light} or {@code dark}. */
    void prefer(String colours) {
        JsonObject scheme = Json.createObjectBuilder()
                .add("name", "prefers-color-scheme")
                .add("value", colours)
                .build();
        browser.command(
                "Emulation.setEmulatedMedia",
                Json.createObjectBuilder()
                        .add("features", Json.createArrayBuilder().add(scheme))
                        .build());
    }

    /** The screen and the colours of the browser itself. */
    void reset() {
        browser.command("Emulation.clearDeviceMetricsOverride", JsonValue.EMPTY_JSON_OBJECT);
        prefer("light");
    }

    /** Without a network, new requests fail; streams that are open stay so. */
    void connected(boolean connected) {
        browser.command("Network.enable", JsonValue.EMPTY_JSON_OBJECT);
        browser.command(
                "Network.emulateNetworkConditions",
                Json.createObjectBuilder()
                        .add("offline", !connected)
                        .add("latency", 0)
                        .add("downloadThroughput", -1)
                        .add("uploadThroughput", -1)
                        .build());
    }

    /** Moves the pointer to this place of the window, in pixels. */
    void point(int x, int y) {
        browser.command(
                "Input.dispatchMouseEvent",
                Json.createObjectBuilder()
                        .add("type", "mouseMoved")
                        .add("x", x)
                        .add("y", y)
                        .build());
    }

    void write(String text) {
        browser.command(
                "Input.insertText", Json.createObjectBuilder().add("text", text).build());
    }

    void press(String key) {
        press(key, 0);
    }

    /** Presses Tab until the control that a selector finds has the focus. */
    void tabTo(String selector) {
        tabTo(selector, 0);
    }

    /** Presses Shift and Tab until the control that a selector finds has the focus. */
    void tabBackTo(String selector) {
        tabTo(selector, SHIFT);
    }

    private void tabTo(String selector, int modifiers) {
        for (int i = 0; i < MOST_TABS && !hasFocus(selector); i++) {
            press("Tab", modifiers);
        }
        assertThat(hasFocus(selector))
                .as("Tab leads to %s; the focus is at %s", selector, focus())
                .isTrue();
    }

    boolean hasFocus(String selector) {
        return browser.evaluate("document.activeElement.matches(" + Browser.quoted(selector) + ")")
                .equals("true");
    }

    private String focus() {
        return browser.evaluate("document.activeElement.outerHTML");
    }

    private void press(String key, int modifiers) {
        for (String type : new String[] {"keyDown", "keyUp"}) {
            var event = Json.createObjectBuilder()
                    .add("type", type)
                    .add("key", key)
                    .add("code", key)
                    .add("modifiers", modifiers)
                    .add("windowsVirtualKeyCode", Objects.requireNonNull(CODES.get(key)));
            if (key.equals("Enter") && type.equals("keyDown")) {
                event.add("text", "\r");
            }
            browser.command("Input.dispatchKeyEvent", event.build());
        }
    }
}
