package io.mcpdata.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

/** The schema of the configuration is there for editors, which present no credential. */
@ArquillianTest
final class ConfigurationSchemaIT {

    @ArquillianResource
    private Web web;

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
