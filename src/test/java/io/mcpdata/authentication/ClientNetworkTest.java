package io.mcpdata.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "::ffff:192.0.2.7, 192.0.2.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:DB8:0001:0002::1, 2001:db8:1:2::/64",
        "2001:db8::1, 2001:db8:0:0::/64",
        "2001:0db8:0:0:0:0:0:1, 2001:db8:0:0::/64",
        "2001:db8:1::2:3:4:5, 2001:db8:1:0::/64",
        "::1, 0:0:0:0::/64",
        "0:0:0:0:0:0:0:1, 0:0:0:0::/64",
        "::2:3:4:5:6:7:8, 0:2:3:4::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
    })
    void addressBelongsToOneClient(String address, String client) {
        assertThat(ClientNetwork.of(address)).isEqualTo(client);
    }
}
