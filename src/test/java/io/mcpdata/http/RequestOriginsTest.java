package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.audit.RequestOrigin;
import io.mcpdata.config.InMemoryActiveConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RequestOriginsTest {

    private final RequestOrigins origins =
            new RequestOrigins(InMemoryActiveConfiguration.of("server: {trusted_proxies: [10.0.0.0/8]}"));

    @Test
    void originTellsAddressAgentAndRequestId() {
        HttpServletRequest request =
                new InMemoryRequest().header("User-Agent", "curl/8").asRequest();
        assertThat(origins.of(request)).isEqualTo(new RequestOrigin(RequestId.of(request), "192.0.2.7", "curl/8"));
    }

    @Test
    void originIsWorkedOutOnceForARequest() {
        HttpServletRequest request = new InMemoryRequest().asRequest();
        assertThat(origins.of(request)).isSameAs(origins.of(request));
        assertThat(origins.of(request).userAgent()).isEmpty();
    }

    @Test
    void severalForwardedHeadersAreOneList() {
        assertThat(origins.of(new InMemoryRequest()
                                .from("10.0.0.1")
                                .header("X-Forwarded-For", "198.51.100.7")
                                .header("X-Forwarded-For", "10.0.0.2")
                                .asRequest())
                        .clientAddress())
                .isEqualTo("198.51.100.7");
    }

    @Test
    void longUserAgentIsCut() {
        assertThat(origins.of(new InMemoryRequest()
                                .header("User-Agent", "x".repeat(10_000))
                                .asRequest())
                        .userAgent())
                .hasSize(256);
    }

    @Test
    void requestIdIsOurOwnUnguessableAndTheSameWithinARequest() {
        HttpServletRequest request =
                new InMemoryRequest().header("X-Request-Id", "theirs").asRequest();
        assertThat(RequestId.of(request)).matches("[0-9a-f]{18}").isEqualTo(RequestId.of(request));
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ids.add(RequestId.of(new InMemoryRequest().asRequest()));
        }
        assertThat(ids).hasSize(1_000);
    }
}
