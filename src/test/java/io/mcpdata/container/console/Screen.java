package io.mcpdata.container.console;

import jakarta.json.Json;

/** The screen and the pointer of the person before a browser. Used by one thread. */
record Screen(Browser browser) {

    /** Shows the page in a window of this size, in pixels. */
    void resize(int width, int height) {
        browser.command(
                "Emulation.setDeviceMetricsOverride",
                Json.createObjectBuilder()
                        .add("width", width)
                        .add("height", height)
                        .add("deviceScaleFactor", 1)
                        .add("mobile", false)
                        .build());
    }

    /** Shows the page to a person who prefers this colour scheme, light or dark. */
    void prefer(String scheme) {
        browser.command(
                "Emulation.setEmulatedMedia",
                Json.createObjectBuilder()
                        .add(
                                "features",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("name", "prefers-color-scheme")
                                                .add("value", scheme)))
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
}
