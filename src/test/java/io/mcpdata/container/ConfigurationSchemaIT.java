package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.OnRealServer;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import org.junit.jupiter.api.Test;

/** The schema of the configuration is there for editors, which present no credential. */
@OnRealServer
final class ConfigurationSchemaIT {

    private final Web web;

    ConfigurationSchemaIT(Platform platform) {
        web = new Web(platform);
    }

    @Test
    void schemaIsAnsweredToAnybody() {
        Answer answer = web.get("/platform.schema.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/schema+json");
        assertThat(answer.json().getJsonObject("properties")).containsKeys("server", "auth", "personas", "connections");
    }

    @Test
    void nothingBesideItIsOpened() {
        assertThat(web.get("/platform.schema.json/x").status()).isEqualTo(401);
        assertThat(web.get("/platform.yaml").status()).isEqualTo(401);
    }
}
