package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

final class ProblemDetailTest {

    @Test
    void documentIsJsonForEveryText() {
        String detail = "quote \" slash \\ line \r\n tab \t bell \u0007 del \u007f";
        var json = Json.createReader(new StringReader(new ProblemDetail(400, "Bad Request", detail, "id").toJson()))
                .readObject();
        assertThat(json.getString("detail")).isEqualTo(detail);
        assertThat(json.getInt("status")).isEqualTo(400);
        assertThat(json.getString("request_id")).isEqualTo("id");
    }
}
