package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.IssuerConfig;
import io.mcpdata.config.KeyLocation;
import io.mcpdata.config.OidcConfig;
import io.mcpdata.config.PartyClaim;
import io.mcpdata.config.ServerConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProtectedResourceTest {

    private static ProtectedResource resource(String publicUrl, String... scopes) {
        return new ProtectedResource(server(publicUrl), oidc(scopes));
    }

    private static ServerConfig server(String publicUrl) {
        ServerConfig standard = ServerConfig.DEFAULT;
        return new ServerConfig(
                standard.name(),
                Optional.of(publicUrl).filter(url -> !url.isEmpty()).map(URI::create),
                List.of(),
                List.of(),
                standard.dataDirectory());
    }

    private static OidcConfig oidc(String... scopes) {
        IssuerConfig issuer = new IssuerConfig(
                "https://auth.example.com",
                new KeyLocation.Inline(""),
                Set.of("a"),
                Set.of(),
                PartyClaim.AZP,
                List.of("groups"),
                false,
                "",
                Set.of("RS256"),
                Set.of(scopes),
                Duration.ZERO,
                Optional.empty(),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                false);
        return new OidcConfig(true, List.of(issuer), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example.com, '', https://mcp.example.com",
        "https://mcp.example.com/, /, https://mcp.example.com",
        "https://mcp.example.com, /mcp, https://mcp.example.com/mcp",
        "https://mcp.example.com, /sse, https://mcp.example.com/sse",
        "https://apps.example.com/data, '', https://apps.example.com/data",
        "https://apps.example.com/data, /data, https://apps.example.com/data",
        "https://apps.example.com/data/, /data/mcp, https://apps.example.com/data/mcp",
        "https://apps.example.com/data, /mcp, https://apps.example.com/data/mcp"
    })
    void documentIsAboutTheResourceOfItsPath(String publicUrl, String path, String expected) {
        assertThat(resource(publicUrl).resource(path)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/data", "/datamcp", "/mcp/", "/messages", "//mcp", "/../mcp"})
    void unknownPathHasNoDocument(String path) {
        assertThat(resource("https://mcp.example.com").resource(path)).isEmpty();
    }

    @Test
    void withoutPublicUrlOrSingleSignOnThereIsNothingToSay() {
        assertThat(resource("").resource("")).isEmpty();
        assertThat(resource("").metadataParameter("/mcp")).isEmpty();
        ProtectedResource off = new ProtectedResource(server("https://mcp.example.com"), OidcConfig.OFF);
        assertThat(off.resource("")).isEmpty();
        assertThat(off.metadataParameter("/mcp")).isEmpty();
        assertThat(off.scopeParameter()).isEmpty();
    }

    @Test
    void challengeNamesTheDocumentOfTheEndpoint() {
        ProtectedResource resource = resource("https://apps.example.com/data");
        String prefix = ", resource_metadata=\"https://apps.example.com/data/.well-known/oauth-protected-resource";
        assertThat(resource.metadataParameter("/mcp")).isEqualTo(prefix + "/mcp\"");
        assertThat(resource.metadataParameter("/messages")).isEqualTo(prefix + "/sse\"");
        assertThat(resource.metadataParameter("/api/v1/\"whoami")).isEqualTo(prefix + "\"");
    }

    @Test
    void challengesAreAsTheDocumentationPrintsThem() throws IOException {
        String docs = Files.readString(Path.of("docs/sso.md"));
        ProtectedResource plain = resource("https://mcp.example.com");
        ProtectedResource scoped = resource("https://mcp.example.com", "mcp");
        assertThat(docs)
                .contains(printed(Challenge.CREDENTIAL_MISSING, plain))
                .contains(printed(Challenge.CREDENTIAL_REFUSED, plain))
                .contains(printed(Challenge.SCOPE_MISSING, scoped));
    }

    private static String printed(Challenge challenge, ProtectedResource resource) {
        return "WWW-Authenticate: " + challenge.header(resource.server()).orElseThrow() + resource.scopeParameter()
                + resource.metadataParameter("/mcp") + "\n";
    }
}
