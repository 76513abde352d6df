package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Eventually;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.container.server.Web.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Failed attempts are throttled, good keys never. A server of its own, because every test comes from one address. */
final class ThrottleIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final int ALLOWED = 20;

    private static Platform platform;
    private static Web web;

    @BeforeAll
    static void start() {
        platform = Platform.start(Platform.Options.standard()
                .withYaml(Platform.standardYaml()
                        .replaceAll("failed_attempts: \\d+", "failed_attempts: " + ALLOWED)
                        .replaceAll("failed_attempts_per_key: \\d+", "failed_attempts_per_key: 5")));
        web = new Web(platform);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void tooManyFailuresGet429WhileGoodKeysOfTheSameAddressGoOn() {
        int refused = 0;
        Answer answer = web.get(WHOAMI, Keys.random());
        while (answer.status() == 401 && refused < 10 * ALLOWED) {
            refused++;
            answer = web.get(WHOAMI, Keys.random());
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(refused).isGreaterThanOrEqualTo(ALLOWED);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("WWW-Authenticate")).isEmpty();

        for (int i = 0; i < 50; i++) {
            assertThat(web.get(WHOAMI, platform.key("viewer")).status()).isEqualTo(200);
        }
        Eventually.within(
                Duration.ofSeconds(30),
                "one line tells of the throttled attempts",
                () -> platform.server().log().contains("category=too_many_attempts"));
    }
}
