package io.mcpdata.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http://localhost:8080",
        "http://localhost:8080/, http://localhost:8080",
        "http://localhost:8080/sse, http://localhost:8080",
        "https://mcp.example.com/mcp/, https://mcp.example.com",
        "https://apps.example.com/data/mcp, https://apps.example.com/data",
        "https://apps.example.com/mcp/mcp, https://apps.example.com/mcp",
        "https://apps.example.com/my-mcp, https://apps.example.com/my-mcp",
        "http://mcp, http://mcp",
        "http://sse:8080/, http://sse:8080",
        "'http://[::1]:8080/sse', 'http://[::1]:8080'",
    })
    void addressOfAnEndpointIsThatOfItsServer(String given, String server) {
        assertThat(ServerUrl.given(URI.create(given))).hasToString(server);
    }

    /** The context root of a server may have the name of an endpoint. */
    @Test
    void publicUrlIsTakenAsItIs() {
        assertThat(ServerUrl.of(URI.create("https://apps.example.com/mcp/")))
                .hasToString("https://apps.example.com/mcp");
    }
}
