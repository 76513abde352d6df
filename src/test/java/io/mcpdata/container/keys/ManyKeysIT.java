package io.mcpdata.container.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.KeyDigest;
import io.mcpdata.container.server.Keys;
import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import io.mcpdata.testing.OnOneServer;
import java.time.Duration;
import java.util.Arrays;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request takes as long with ten thousand keys as with a few. */
@ArquillianTest
@OnOneServer
final class ManyKeysIT {

    private static final String WHOAMI = "/api/v1/whoami";
    private static final int MANY = 10_000;
    private static final int CALLS = 400;

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @AfterEach
    void restore() {
        inForce("container tests", platform.originalYaml());
    }

    private Duration inForce(String name, String yaml) {
        platform.configure(yaml.replace("name: container tests", "name: " + name));
        return Eventually.within(
                Duration.ofSeconds(30),
                "the configuration is in force",
                () -> web.get(WHOAMI).header("WWW-Authenticate").contains("realm=\"" + name + "\""));
    }

    @Test
    void requestsTakeNoLongerWithTenThousandKeysThanWithAFew() {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < MANY; i++) {
            more.append("      - {key_sha256: ")
                    .append(KeyDigest.of(Keys.random()).hex())
                    .append(", name: service-")
                    .append(i)
                    .append(", roles: [viewer]}\n");
        }
        String many = platform.originalYaml().replace("\npersonas:\n", more + "\npersonas:\n");
        assertThat(many).contains("service-" + (MANY - 1));
        medianMicros();

        long few = medianMicros();
        Duration reload = inForce("ten thousand keys", many);
        medianMicros();
        long most = medianMicros();
        inForce("a few keys", platform.originalYaml());
        few = Math.max(few, medianMicros());

        System.out.printf(
                "a request takes %d us with a few keys, %d us with %d; these were in force after %d ms%n",
                few, most, MANY, reload.toMillis());
        assertThat(most).isLessThan(2 * few);
    }

    private long medianMicros() {
        long[] nanos = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            long begin = System.nanoTime();
            int status = web.get(WHOAMI, i % 2 == 0 ? platform.key("viewer") : Keys.random())
                    .status();
            nanos[i] = System.nanoTime() - begin;
            assertThat(status).isEqualTo(i % 2 == 0 ? 200 : 401);
        }
        Arrays.sort(nanos);
        return nanos[CALLS / 2] / 1_000;
    }
}
