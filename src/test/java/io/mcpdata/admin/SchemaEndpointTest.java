package io.mcpdata.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.json.Json;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.Test;

final class SchemaEndpointTest {

    @Test
    void schemaIsAnsweredAsASchema() {
        Response answer = new SchemaEndpoint().schema();
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getMediaType()).hasToString("application/schema+json");
        assertThat(Json.readObject((String) answer.getEntity()).getString("$schema"))
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    }
}
