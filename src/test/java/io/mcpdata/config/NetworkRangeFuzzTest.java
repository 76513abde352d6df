package io.mcpdata.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Optional;

/** Every text in a list of networks, with every address. Input: a network and an address, one per line. */
final class NetworkRangeFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void aNetworkIsRefusedOrContainsItsOwnAddress(byte[] input) {
        String[] lines = new String(input, UTF_8).split("\n", 2);
        String address = lines.length > 1 ? lines[1] : "";

        Optional<NetworkRange> network = parse(lines[0]);

        boolean isAddress = NetworkRange.isAddress(address);
        if (network.isPresent()) {
            NetworkRange range = network.get();
            assertThat(parse(range.toString())).contains(range);
            assertThat(range.contains(lines[0].replaceFirst("/.*", ""))).isTrue();
            if (range.contains(address)) {
                assertThat(isAddress).isTrue();
            }
        }
    }

    private static Optional<NetworkRange> parse(String text) {
        try {
            return Optional.of(NetworkRange.parse(text));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
