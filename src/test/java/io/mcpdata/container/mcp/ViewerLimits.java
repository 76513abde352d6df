package io.mcpdata.container.mcp;

import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.time.Duration;

/** The limits of the persona {@code viewer}, as the configuration in force tells them. */
final class ViewerLimits {

    private ViewerLimits() {}

    /** @param told the limits as compact JSON */
    static void await(Web web, String told, Duration most) {
        Eventually.within(
                most,
                "the persona's limits are " + told,
                () -> web.get("/api/v1/config", web.platform().key("admin"))
                        .json()
                        .getJsonObject("in_force")
                        .getJsonObject("personas")
                        .getJsonObject("viewer")
                        .getJsonObject("limits")
                        .toString()
                        .equals(told));
    }
}
