package io.mcpdata.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcpdata.config.PlatformConfig;
import io.mcpdata.config.PlatformConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whatever a request presents: nothing is thrown, nothing is made up, and more than one credential is none. The first
 * line of an input is method and target, each other one a header.
 */
final class CredentialReaderFuzzTest {

    private static final int LONGEST = 8192;

    private static final PlatformConfig CONFIG = new PlatformConfigReader(name -> Optional.empty())
            .read("platform.yaml", "auth: {api_keys: {enabled: true, keys: []}}")
            .config()
            .orElseThrow();

    @FuzzTest(maxDuration = "10m")
    void whateverIsPresentedIsReadAsItStandsOrRefused(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", -1);
        FakeRequest request = request(lines[0]);
        List<String> headers = new ArrayList<>();
        int authorizations = 0;
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(": ");
            if (colon > 0) {
                String name = lines[i].substring(0, colon);
                String value = lines[i].substring(colon + 2);
                request.header(name, value);
                headers.add(value);
                authorizations += name.equalsIgnoreCase("Authorization") ? 1 : 0;
            }
        }

        CredentialReading reading = new CredentialReader().read(request.asRequest(), "192.0.2.1", CONFIG);

        if (authorizations > 1) {
            assertThat(reading).isEqualTo(new CredentialReading.Unusable(Challenge.AMBIGUOUS, "several_credentials"));
        }
        if (reading instanceof CredentialReading.Found found && found.credential() instanceof ApiKeyCredential key) {
            String value = key.presented().reveal();
            assertThat(value).isNotEmpty().hasSizeLessThanOrEqualTo(LONGEST);
            if (key.isFromQuery()) {
                assertThat(lines[0]).startsWith("GET /sse?");
            } else {
                assertThat(headers).anyMatch(header -> header.endsWith(value));
            }
            assertThat(reading.toString()).doesNotContain("Secret[").contains("[redacted]");
        }
    }

    private static FakeRequest request(String line) {
        int space = line.indexOf(' ');
        return space < 0
                ? new FakeRequest("GET", "/sse")
                : new FakeRequest(line.substring(0, space), line.substring(space + 1));
    }
}
