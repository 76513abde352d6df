package io.mcpdata.container.keys;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.container.server.Platform;
import io.mcpdata.container.server.Web;
import io.mcpdata.testing.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are limited to networks, and which proxies may report a client's address. */
@ArquillianTest
final class ClientNetworksIT {

    private static final String WHOAMI = "/api/v1/whoami";

    @ArquillianResource
    private Platform platform;

    @ArquillianResource
    private Web web;

    @AfterEach
    void restore() {
        inForce("container tests", platform.originalYaml());
    }

    private void inForce(String name, String yaml) {
        platform.configure(yaml);
        Eventually.within(
                Duration.ofSeconds(10),
                "the configuration is in force",
                () -> web.get(WHOAMI).header("WWW-Authenticate").contains("realm=\"" + name + "\""));
    }

    private void bound(String name, String trustedProxies, String networks) {
        inForce(
                name,
                platform.originalYaml()
                        .replace("name: container tests", "name: " + name + "\n  trusted_proxies: " + trustedProxies)
                        .replace("[192.0.2.0/24]", networks));
    }

    private int statusFrom(String forwardedFor) {
        return web.send(web.to(WHOAMI, platform.key("elsewhere")).header("X-Forwarded-For", forwardedFor))
                .status();
    }

    @Test
    void whatAStrangerSaysOfWhereItComesFromIsNotBelieved() {
        assertThat(statusFrom("192.0.2.7")).isEqualTo(401);
        bound("other proxies", "[198.51.100.0/24]", "[192.0.2.0/24]");
        assertThat(statusFrom("192.0.2.7")).isEqualTo(401);
        assertThat(statusFrom("192.0.2.7, 198.51.100.1")).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0/24", "::ffff:192.0.2.0/120"})
    void keyIsGoodInItsNetworksAsATrustedProxyTellsThem(String network) {
        bound("own proxy", "[127.0.0.0/8]", "[\"" + network + "\", \"2001:db8::/32\"]");
        Map<String, Integer> expected = Map.ofEntries(
                entry("192.0.2.7", 200),
                entry("192.0.3.7", 401),
                entry("::ffff:192.0.2.7", 200),
                entry("::ffff:192.0.3.7", 401),
                entry("2001:db8::1", 200),
                entry("2001:DB8:0:0:0:0:0:1", 200),
                entry("2001:db9::1", 401),
                entry("[2001:db8::1]:4711", 200),
                entry("192.0.2.7, 203.0.113.9", 401),
                entry("203.0.113.9, 192.0.2.7", 200),
                entry("192.0.2.7, 127.0.0.1", 200),
                entry("nonsense", 401),
                entry("", 401));
        Map<String, Integer> statuses =
                expected.keySet().stream().collect(Collectors.toMap(Function.identity(), this::statusFrom));
        assertThat(statuses).containsExactlyInAnyOrderEntriesOf(expected);
    }
}
