package io.mcpdata.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpdata.config.NetworkRange;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ForwardedForTest {

    private final ForwardedFor behindProxy = new ForwardedFor(List.of(NetworkRange.parse("10.0.0.0/8")));

    @Test
    void untrustedPeerIsTheClientWhateverItClaims() {
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
}
