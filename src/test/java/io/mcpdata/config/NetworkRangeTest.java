package io.mcpdata.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1",
        "10.0.0.0/9, 10.127.255.255",
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7/32, 192.0.2.7",
        "0.0.0.0/0, 203.0.113.9",
        "2001:db8::/32, 2001:db8:ffff::1",
        "2001:db8::/33, 2001:db8:7fff::1",
        "::/0, 2001:db8::1",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:DB8::1, 2001:db8::1",
        "fe80::/10, fe80::1%eth0",
        "fe80::/10, fe80::1%2",
    })
    void addressInsideIsContained(String network, String address) {
        assertThat(NetworkRange.parse(network).contains(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.1",
        "10.0.0.0/9, 10.128.0.0",
        "192.0.2.7, 192.0.2.8",
        "2001:db8::/32, 2001:db9::1",
        "2001:db8::/33, 2001:db8:8000::1",
        "::1, ::2",
        "0.0.0.0/0, 2001:db8::1",
        "::/0, 192.0.2.7",
    })
    void addressOutsideIsNot(String network, String address) {
        assertThat(NetworkRange.parse(network).contains(address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, ::ffff:10.1.2.3",
        "10.0.0.0/8, ::ffff:a01:203",
        "10.0.0.0/8, 0:0:0:0:0:FFFF:10.1.2.3",
        "::ffff:10.1.2.3, 10.1.2.3",
        "::ffff:10.0.0.0/104, 10.1.2.3",
    })
    void mappedAddressIsTheIpv4AddressItCarries(String network, String address) {
        assertThat(NetworkRange.parse(network).contains(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8, true",
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, ::ffff:10.1.0.0/112, true",
        "10.1.0.0/16, 10.0.0.0/8, false",
        "10.1.2.3, 10.1.2.0/24, false",
        "10.0.0.0/8, 11.0.0.0/16, false",
        "0.0.0.0/0, ::/0, false",
        "::/0, 10.0.0.0/8, false",
        "2001:db8::/32, 2001:db8:1::/48, true",
        "2001:db8:1::/48, 2001:db8::/32, false",
    })
    void networkLiesInAnotherIfAllItsAddressesDo(String wide, String narrow, boolean expected) {
        assertThat(NetworkRange.parse(wide).contains(NetworkRange.parse(narrow)))
                .isEqualTo(expected);
    }

    @Test
    void mappedNetworkIsAsLargeAsItsPrefixSays() {
        assertThat(NetworkRange.parse("::ffff:10.1.2.0/120").contains("10.1.3.1"))
                .isFalse();
        assertThatThrownBy(() -> NetworkRange.parse("::ffff:10.0.0.0/8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("96");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "10",
                "10.1",
                "10.1.2",
                "10.1.2.3.4",
                "010.0.0.1",
                "01.2.3.4",
                "1.02.3.4",
                "1.2.3.04",
                "0x7f.0.0.1",
                "0x7f000001",
                "2130706433",
                "017700000001",
                "256.1.1.1",
                "1.2.3.-4",
                "+1.2.3.4",
                " 10.0.0.1",
                "10.0.0.1 ",
                "10.0.0.1\n",
                "localhost",
                "example.com",
                "dead.beef",
                "a",
                "::g",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "[::1]",
                "::1:",
                "::ffff:10.1",
                "::ffff:010.1.1.1",
                "::ffff:1.2.3.04",
                "::ffff:1.2.3.256",
                "1.2.3.4:80",
                "1.2.3.4%eth0",
                "::1%",
                "::1%a\r\nb",
                "fe80::1%eth0%1",
                "\u0661.2.3.4",
                "1\u3002 2.3.4"
            })
    void whatIsNoAddressIsNeverTakenForOne(String text) {
        assertThat(NetworkRange.isAddress(text)).isFalse();
        assertThat(NetworkRange.parse("0.0.0.0/0").contains(text)).isFalse();
        assertThat(NetworkRange.parse("::/0").contains(text)).isFalse();
        assertThatThrownBy(() -> NetworkRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/8 ",
                "10.0.0.0/ 8",
                "10.0.0.0/08",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/\u0668",
                "::/129",
                "::/999",
                "::/0x8",
                "/8",
                "example.com/8",
                "fe80::%eth0/10"
            })
    void malformedNetworkIsRefused(String text) {
        assertThatThrownBy(() -> NetworkRange.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyRandomIpv4AddressIsJudgedByItsFirstBits() {
        Random random = new Random(6);
        int inside = 0;
        for (int round = 0; round < 20_000; round++) {
            int prefix = random.nextInt(33);
            int network = random.nextInt();
            int address = random.nextBoolean() ? random.nextInt() : network ^ (random.nextInt() >>> random.nextInt(32));
            boolean expected = prefix == 0 || (network ^ address) >>> (32 - prefix) == 0;
            inside += expected ? 1 : 0;
            assertThat(NetworkRange.parse(dotted(network) + "/" + prefix).contains(dotted(address)))
                    .as("%s in %s/%d", dotted(address), dotted(network), prefix)
                    .isEqualTo(expected);
        }
        assertThat(inside).isBetween(2_000, 18_000);
    }

    @Test
    void networksAreEqualByAddressAndPrefix() {
        assertThat(NetworkRange.parse("10.0.0.0/8"))
                .isEqualTo(NetworkRange.parse("10.0.0.0/8"))
                .hasSameHashCodeAs(NetworkRange.parse("10.0.0.0/8"))
                .isNotEqualTo(NetworkRange.parse("10.0.0.0/9"))
                .hasToString("10.0.0.0/8");
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }
}
