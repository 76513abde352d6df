package io.mcpdata.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.http.InMemoryRequest;
import io.mcpdata.http.InMemoryResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecurityHeadersFilterTest {

    @Test
    void everyAnswerIsHardenedBeforeAnythingIsWritten() throws Exception {
        InMemoryResponse response = new InMemoryResponse();
        List<String> seen = new ArrayList<>();
        new SecurityHeadersFilter()
                .doFilter(
                        new InMemoryRequest().asRequest(),
                        response.asResponse(),
                        (request, same) -> seen.addAll(response.headers().keySet()));
        assertThat(seen)
                .contains(
                        "Cache-Control",
                        "Content-Security-Policy",
                        "Referrer-Policy",
                        "X-Content-Type-Options",
                        "X-Frame-Options");
        assertThat(response.headers())
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("X-Frame-Options", "DENY")
                .containsEntry("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .containsEntry("Cache-Control", "no-store");
    }
}
