package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.NetworkRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForwardedForTest {

    private final ForwardedFor behindProxy = new ForwardedFor(List.of(NetworkRange.parse("10.0.0.0/8")));

    @Test
    void untrustedPeerIsTheClientDespiteItsHeaders() {
        assertThat(behindProxy.client("203.0.113.9", "1.2.3.4")).isEqualTo("203.0.113.9");
    }

    @Test
    void firstUntrustedAddressFromTheRightIsTheClient() {
        assertThat(behindProxy.client("10.0.0.1", "6.6.6.6, 198.51.100.7, 10.0.0.2"))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void whatIsNoAddressEndsTheSearch() {
        assertThat(behindProxy.client("10.0.0.1", "198.51.100.7, evil\r\n")).isEqualTo("10.0.0.1");
    }

    @Test
    void proxyWithoutTheHeaderIsTheClient() {
        assertThat(behindProxy.client("10.0.0.1", "")).isEqualTo("10.0.0.1");
    }

    @Test
    void portsThatProxiesAddAreLeftOut() {
        assertThat(behindProxy.client("10.0.0.1", "198.51.100.7:4711")).isEqualTo("198.51.100.7");
        assertThat(behindProxy.client("10.0.0.1", "[2001:db8::1]:4711")).isEqualTo("2001:db8::1");
        assertThat(behindProxy.client("10.0.0.1", "[2001:db8::1]")).isEqualTo("2001:db8::1");
        assertThat(behindProxy.client("10.0.0.1", "2001:db8::1")).isEqualTo("2001:db8::1");
    }

    @Test
    void farthestAddressIsTheClientIfAllAreTrusted() {
        assertThat(behindProxy.client("10.0.0.1", "10.0.0.9, 10.0.0.8,10.0.0.7"))
                .isEqualTo("10.0.0.9");
    }

    @Test
    void mappedPeerIsTheProxyOfItsIpv4Address() {
        assertThat(behindProxy.client("::ffff:10.0.0.1", "198.51.100.7")).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "",
                ",",
                "198.51.100.7, ",
                "evil.example.com",
                "010.0.0.9",
                "198.51.100.7%x",
                "[198.51.100.7",
                "198.51.100.7:999999",
                "fe80::1%\u001b[31m",
                "[::1]x"
            })
    void whatIsNoAddressIsNeverTheClient(String forwardedFor) {
        assertThat(behindProxy.client("10.0.0.1", forwardedFor)).isEqualTo("10.0.0.1");
    }

    @Test
    void withoutTrustedProxiesTheHeaderIsIgnored() {
        assertThat(new ForwardedFor(List.of()).client("10.0.0.1", "198.51.100.7"))
                .isEqualTo("10.0.0.1");
    }
}
